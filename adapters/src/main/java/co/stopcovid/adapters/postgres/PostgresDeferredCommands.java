package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Commands that may succeed later, in the table {@code deferred_commands}. All of a learner's wait
 * behind the first; how often that was tried, and when it is due, counts for the learner.
 */
public final class PostgresDeferredCommands {
  /** A command that waits. */
  public record Deferred(long position, PhoneNumber phone, String payload, String reason) {}

  /**
   * A learner whose commands wait.
   *
   * @param attempts how often they were tried
   * @param notBefore when to try again
   */
  public record Waiting(PhoneNumber phone, int attempts, Instant notBefore) {
    public Waiting dueAt(Instant time) {
      return new Waiting(phone, attempts, time);
    }
  }

  private final Database database;

  public PostgresDeferredCommands(Database database) {
    this.database = database;
  }

  /** All learners with commands that wait. */
  public List<Waiting> learners() {
    String sql =
        """
        select phone, max(attempts) as attempts, max(not_before) as not_before
        from deferred_commands group by phone
        """;
    return database.read(
        handle ->
            handle
                .createQuery(sql)
                .map(
                    (row, context) ->
                        new Waiting(
                            new PhoneNumber(row.getString("phone")),
                            row.getInt("attempts"),
                            row.getObject("not_before", OffsetDateTime.class).toInstant()))
                .list());
  }

  /** The first commands of each of these learners, in order. */
  public List<Deferred> first(Collection<PhoneNumber> phones, int each) {
    String sql =
        """
        select d.position, d.phone, d.payload, d.reason
        from unnest(?::text[]) as p (phone)
        cross join lateral (
          select * from deferred_commands where phone = p.phone collate "C"
          order by position limit ?) d
        order by d.position
        """;
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setArray(
                1, Columns.texts(handle.getConnection(), phones, PhoneNumber::value));
            statement.setInt(2, each);
            return Rows.list(
                statement,
                row ->
                    new Deferred(
                        row.getLong(1),
                        new PhoneNumber(row.getString(2)),
                        row.getString(3),
                        row.getString(4)));
          }
        });
  }

  /** Adds commands, each due as its learner is; one that waits already stays as it is. */
  public void add(List<Deferred> commands, Function<PhoneNumber, Waiting> due) {
    String sql =
        """
        insert into deferred_commands (position, phone, payload, attempts, not_before, reason)
        values (?, ?, ?, ?, ?, ?) on conflict (position) do nothing
        """;
    if (commands.isEmpty()) {
      return;
    }
    database.write(
        handle -> {
          PreparedBatch batch = handle.prepareBatch(sql);
          for (Deferred command : commands) {
            Waiting waiting = due.apply(command.phone());
            batch.add(
                command.position(),
                command.phone().value(),
                command.payload(),
                waiting.attempts(),
                utc(waiting.notBefore()),
                command.reason());
          }
          return batch.execute().length;
        });
  }

  /** Says when these learners are due. */
  public void postpone(Collection<Waiting> learners) {
    String sql = "update deferred_commands set attempts = ?, not_before = ? where phone = ?";
    if (learners.isEmpty()) {
      return;
    }
    database.write(
        handle -> {
          PreparedBatch batch = handle.prepareBatch(sql);
          for (Waiting waiting : learners) {
            batch.add(waiting.attempts(), utc(waiting.notBefore()), waiting.phone().value());
          }
          return batch.execute().length;
        });
  }

  public void delete(Collection<Long> positions) {
    if (positions.isEmpty()) {
      return;
    }
    database.write(
        handle ->
            handle
                .createUpdate("delete from deferred_commands where position = any(?)")
                .bind(0, positions.toArray(Long[]::new))
                .execute());
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
