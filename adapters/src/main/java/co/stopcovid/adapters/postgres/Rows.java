package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.MalformedJsonException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a plain JDBC query. */
final class Rows {
  private Rows() {}

  @FunctionalInterface
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /**
   * What is in a row.
   *
   * @throws UnreadableRowException when it is not what this program writes
   */
  static <T> T read(String table, ResultSet row, Mapper<T> mapper) throws SQLException {
    try {
      return mapper.map(row);
    } catch (MalformedJsonException | IllegalArgumentException | DateTimeException e) {
      throw new UnreadableRowException(table, e);
    }
  }

  /**
   * Rows read from a place on.
   *
   * @param seen how many there were, those included that cannot be read
   * @param last where the last of them stands; null when there was none
   */
  record Part<T, P>(List<T> rows, int seen, @Nullable P last) {}

  /** Reads the next rows after a place. */
  @FunctionalInterface
  interface PartReader<T, P> {
    Part<T, P> read(@Nullable P after, int limit) throws SQLException;
  }

  /** Reads on until there are as many as asked for: a page is short only at the end. */
  static <T, P> List<T> page(@Nullable P after, int limit, PartReader<T, P> reader)
      throws SQLException {
    List<T> page = new ArrayList<>();
    P place = after;
    while (true) {
      int missing = limit - page.size();
      Part<T, P> part = reader.read(place, missing);
      page.addAll(part.rows());
      if (part.seen() < missing || page.size() >= limit) {
        return page;
      }
      place = part.last();
    }
  }

  static <T> List<T> list(PreparedStatement statement, Mapper<T> mapper) throws SQLException {
    List<T> list = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        list.add(mapper.map(rows));
      }
    }
    return list;
  }
}
