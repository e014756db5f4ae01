package co.stopcovid.adapters.postgres;

import co.stopcovid.progress.UnaskedSessions;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Columns of the progress tables as arrays, like {@link Columns}, where null may stand too. */
final class ProgressColumns {
  private static final long MICROS = 1_000_000;

  private ProgressColumns() {}

  static <T> Array uuids(
      Connection connection, Collection<T> rows, Function<T, @Nullable UUID> column)
      throws SQLException {
    return connection.createArrayOf("uuid", values(rows, column));
  }

  static <T> Array booleans(
      Connection connection, Collection<T> rows, Function<T, @Nullable Boolean> column)
      throws SQLException {
    return connection.createArrayOf("boolean", values(rows, column));
  }

  /** Short texts. */
  static <T> Array texts(
      Connection connection, Collection<T> rows, Function<T, @Nullable String> column)
      throws SQLException {
    return connection.createArrayOf("text", values(rows, column));
  }

  /** Long texts, as {@link Columns#utf8} has them. */
  static <T> Array utf8(
      Connection connection, Collection<T> rows, Function<T, @Nullable String> column)
      throws SQLException {
    byte[] @Nullable [] values = new byte[rows.size()] @Nullable [];
    int i = 0;
    for (T row : rows) {
      String text = column.apply(row);
      values[i++] = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
    return connection.unwrap(PGConnection.class).createArrayOf("bytea", values);
  }

  /**
   * Times as microseconds, which cost less than times in text; {@code timestamptz 'epoch' + n *
   * interval '1 microsecond'} is the time again, exactly.
   */
  static <T> Array micros(
      Connection connection, Collection<T> rows, Function<T, @Nullable Instant> column)
      throws SQLException {
    return connection.createArrayOf("bigint", values(rows, row -> micros(column.apply(row))));
  }

  private static @Nullable Long micros(@Nullable Instant time) {
    return time == null ? null : time.getEpochSecond() * MICROS + time.getNano() / 1_000;
  }

  private static <T> @Nullable Object[] values(
      Collection<T> rows, Function<T, ? extends @Nullable Object> column) {
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    int i = 0;
    for (T row : rows) {
      values[i++] = column.apply(row);
    }
    return values;
  }

  static UUID uuid(ResultSet row, int column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static @Nullable UUID uuidOrNull(ResultSet row, int column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static Instant time(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** From two columns, beginning with a given one. */
  static UnaskedSessions unasked(ResultSet row, int first) throws SQLException {
    return new UnaskedSessions(row.getInt(first), timeOrNull(row, first + 1));
  }

  static @Nullable Instant timeOrNull(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
