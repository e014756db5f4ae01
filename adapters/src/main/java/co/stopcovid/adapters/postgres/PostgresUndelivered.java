package co.stopcovid.adapters.postgres;

import co.stopcovid.sms.Undelivered;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/** Counts the ledger's failed messages, of very many the latest. */
public final class PostgresUndelivered implements Undelivered {
  private static final int MOST_COUNTED = 10_000;

  private final Database database;

  public PostgresUndelivered(Database database) {
    this.database = database;
  }

  @Override
  public List<Count> since(Instant time, int limit) {
    // What the provider has, or named an error of, or what nobody could send in time.
    String sql =
        """
        select (array_agg(reason order by failed_time desc))[1],
          count(*) as messages, count(distinct phone), max(failed_time)
        from (
          select phone, reason, failed_time from outbound_messages
          where failed_time >= ?
            and (sid is not null or reason like '%Twilio error%' or reason like 'expired%')
            and reason not like '%Twilio error 21610%'
          order by failed_time desc limit ?) as f
        group by coalesce(substring(reason from 'Twilio error [0-9]+'), reason)
        order by messages desc, 1
        limit ?
        """;
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setTimestamp(1, Timestamp.from(time));
            statement.setInt(2, MOST_COUNTED);
            statement.setInt(3, limit);
            return Rows.list(statement, PostgresUndelivered::count);
          }
        });
  }

  private static Count count(ResultSet row) throws SQLException {
    return new Count(
        row.getString(1), row.getLong(2), row.getLong(3), row.getTimestamp(4).toInstant());
  }
}
