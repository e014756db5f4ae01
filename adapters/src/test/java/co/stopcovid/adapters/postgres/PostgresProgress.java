package co.stopcovid.adapters.postgres;

import co.stopcovid.testkit.contract.StoredProgress.Adapters;

/** The ports of progress on the tests' PostgreSQL. */
final class PostgresProgress {
  private PostgresProgress() {}

  static Adapters empty(TestDatabase postgres) {
    postgres.execute("truncate users, prompt_reminders cascade");
    postgres.execute(
        "update reached_course set drills = '', drills_under_way = null, last_user_id = null");
    return adapters(postgres.database);
  }

  static Adapters adapters(Database database) {
    return new Adapters(
        new PostgresProgressStore(database),
        new PostgresDueLearners(database),
        new PostgresDrillSchedule(database),
        new PostgresCompletionReport(database),
        new PostgresLearnerDirectory(database));
  }
}
