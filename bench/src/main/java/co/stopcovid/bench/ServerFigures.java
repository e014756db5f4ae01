package co.stopcovid.bench;

import co.stopcovid.adapters.postgres.Database;
import java.time.Duration;
import java.util.Map;

/** What the PostgreSQL of a service says about it. */
final class ServerFigures {
  private static final long LOOK_MILLIS = 5;

  private final Database database;
  private final long serverPid;

  ServerFigures(Database database, long serverPid) {
    this.database = database;
    this.serverPid = serverPid;
  }

  /**
   * Counted from the beginning.
   *
   * @param commands that were decided on
   * @param walBytes written ahead
   */
  record Moment(long commands, long walBytes, ProcessorTime used) {}

  Moment now() {
    return new Moment(
        number(
            "select coalesce(max(position), 0) from consumer_checkpoints where consumer = 'dialog'"),
        number("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn"),
        ProcessorTime.now(serverPid));
  }

  /**
   * What a server does every quarter of an hour: it writes all pages to the tables, and from then
   * on into WAL files that are there already. A new one has to fill each of them with zeros first.
   * The first change of every page afterwards is in the WAL as the whole page.
   */
  void checkpoint() {
    database.once(handle -> handle.execute("checkpoint"));
  }

  /**
   * What autovacuum would take its time for, beside what is measured: registering fills tables
   * within minutes that fill within years otherwise.
   */
  void vacuum() {
    database.once(handle -> handle.execute("vacuum (analyze)"));
  }

  /** Waits until no consumer lags and no message is open. */
  void awaitCaughtUp(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!isCaughtUp()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the service did not catch up within " + patience);
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private boolean isCaughtUp() {
    return number(
                """
            select count(*) from consumer_checkpoints c
            where c.position < case c.consumer
              when 'dialog' then (select last_position from command_log_head)
              else (select max(position) from event_batches) end
            """)
            == 0
        && number("select count(*) from outbound_due") == 0
        && number("select count(*) from outbound_claims") == 0;
  }

  /** What failed would make the figures worthless. */
  void checkNothingFailed() {
    long letters = number("select count(*) from dead_letters");
    long deferred = number("select count(*) from waiting_commands");
    long unhandled = number("select count(*) from inbound_messages where unhandled");
    if (letters + deferred + unhandled > 0) {
      throw new IllegalStateException(
          "%d dead letters, %d learners who wait, %d messages that no rule fitted"
              .formatted(letters, deferred, unhandled));
    }
  }

  /** The settings that make a commit durable, as the server has them. */
  Map<String, String> durability() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select name, setting from pg_settings
                    where name in ('fsync', 'synchronous_commit', 'full_page_writes')
                    """)
                .reduceRows(
                    new java.util.TreeMap<String, String>(),
                    (found, row) -> {
                      found.put(
                          row.getColumn("name", String.class),
                          row.getColumn("setting", String.class));
                      return found;
                    }));
  }

  private long number(String sql) {
    return database.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
