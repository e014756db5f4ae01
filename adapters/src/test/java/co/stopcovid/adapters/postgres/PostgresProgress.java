package co.stopcovid.adapters.postgres;

import co.stopcovid.testkit.contract.StoredProgress.Adapters;

/** The ports of progress on the tests' PostgreSQL. */
final class PostgresProgress {
  private PostgresProgress() {}

  static Adapters empty(TestDatabase postgres) {
    clear(postgres);
    return adapters(postgres.database);
  }

  static Adapters emptyRemembering(TestDatabase postgres) {
    clear(postgres);
    return adapters(postgres.database, PostgresProgressStore.remembering(postgres.database));
  }

  private static void clear(TestDatabase postgres) {
    postgres.execute("truncate users, prompt_reminders cascade");
    postgres.execute(
        "update reached_course set drills = '', drills_under_way = null, last_user_id = null");
  }

  static Adapters adapters(Database database) {
    return adapters(database, new PostgresProgressStore(database));
  }

  private static Adapters adapters(Database database, PostgresProgressStore store) {
    return new Adapters(
        store,
        new PostgresDueLearners(database),
        new PostgresDrillSchedule(database),
        new PostgresCompletionReport(database),
        new PostgresLearnerDirectory(database));
  }
}
