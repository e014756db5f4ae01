package co.stopcovid.adapters.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Columns of many rows as arrays, for {@code unnest}. Long texts travel as bytes, which the driver
 * sends as they are, and become text by {@code convert_from(…, 'UTF8')}: an array of texts would
 * have every quote escaped here and unescaped there.
 */
final class Columns {
  private Columns() {}

  /** Short texts, such as ids. */
  static <T> Array texts(Connection connection, Collection<T> rows, Function<T, String> column)
      throws SQLException {
    return connection.createArrayOf("text", rows.stream().map(column).toArray(String[]::new));
  }

  static <T> Array longs(Connection connection, List<T> rows, ToLongFunction<T> column)
      throws SQLException {
    return arrays(connection).createArrayOf("bigint", rows.stream().mapToLong(column).toArray());
  }

  static <T> Array truths(Connection connection, Collection<T> rows, Predicate<T> column)
      throws SQLException {
    return connection.createArrayOf(
        "boolean", rows.stream().map(column::test).toArray(Boolean[]::new));
  }

  /** Texts that may be null. */
  static <T> Array nullableTexts(
      Connection connection, Collection<T> rows, Function<T, @Nullable String> column)
      throws SQLException {
    @Nullable String[] values = new String[rows.size()];
    int i = 0;
    for (T row : rows) {
      values[i++] = column.apply(row);
    }
    return connection.createArrayOf("text", values);
  }

  static <T> Array nullableLongs(
      Connection connection, Collection<T> rows, Function<T, @Nullable Long> column)
      throws SQLException {
    @Nullable Long[] values = new Long[rows.size()];
    int i = 0;
    for (T row : rows) {
      values[i++] = column.apply(row);
    }
    return connection.createArrayOf("bigint", values);
  }

  /** Milliseconds of the epoch; null stays null. */
  static <T> Array times(
      Connection connection, Collection<T> rows, Function<T, @Nullable Instant> column)
      throws SQLException {
    return nullableLongs(
        connection,
        rows,
        row -> {
          Instant time = column.apply(row);
          return time == null ? null : time.toEpochMilli();
        });
  }

  static <T> Array utf8(Connection connection, List<T> rows, Function<T, String> column)
      throws SQLException {
    byte[][] values = new byte[rows.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.apply(rows.get(i)).getBytes(StandardCharsets.UTF_8);
    }
    return arrays(connection).createArrayOf("bytea", values);
  }

  private static PGConnection arrays(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class);
  }
}
