package co.stopcovid.adapters.postgres;

import co.stopcovid.common.NameKey;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.CompletionReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the statuses of some companies at a time, so that a page costs no more than it shows. */
public final class PostgresCompletionReport implements CompletionReport {
  private static final int COMPANIES = 20;

  /** Other than the rest, it reads much of a table; see {@link Connections}. */
  private static final String PLANS =
      "set local enable_seqscan = on; set local enable_hashjoin = on;"
          + " set local enable_mergejoin = on";

  private final Database database;

  public PostgresCompletionReport(Database database) {
    this.database = database;
  }

  @Override
  public List<Row> page(Filter filter, @Nullable Row after, int limit) {
    return database.writeApart(
        handle -> {
          handle.execute(PLANS);
          Connection connection = handle.getConnection();
          List<Row> rows = new ArrayList<>();
          String company = after == null ? null : NameKey.of(after.company());
          boolean included = true;
          while (rows.size() < limit) {
            List<String> companies = companies(connection, filter, company, included);
            if (companies.isEmpty()) {
              break;
            }
            rows.addAll(count(connection, filter, companies, after));
            company = companies.getLast();
            included = false;
          }
          return List.copyOf(rows.subList(0, Math.min(limit, rows.size())));
        });
  }

  private static List<String> companies(
      Connection connection, Filter filter, @Nullable String from, boolean included)
      throws SQLException {
    String sql =
        """
        select distinct company_key from users
        where validated and company_key >= ? and (company_key <> ? or ?) and (company_key = ? or ?)
        order by company_key limit ?
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      String lowest = from == null ? "" : from;
      statement.setString(1, lowest);
      statement.setString(2, lowest);
      statement.setBoolean(3, included);
      statement.setString(4, key(filter.company()));
      statement.setBoolean(5, filter.company() == null);
      statement.setInt(6, COMPANIES);
      List<String> companies = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          companies.add(row.getString(1));
        }
      }
      return companies;
    }
  }

  private static List<Row> count(
      Connection connection, Filter filter, List<String> companies, @Nullable Row after)
      throws SQLException {
    String sql =
        """
        select min(u.company), min(u.unit), s.drill_slug, count(*),
          count(*) filter (where s.started_time is not null or s.completed_time is not null),
          count(s.completed_time)
        from users u join drill_statuses s using (user_id)
        where u.validated and u.company_key = any(?) and (? or not u.is_demo)
          and (u.unit_key = ? or ?) and (u.company_key, u.unit_key, s.drill_slug) > (?, ?, ?)
        group by u.company_key, u.unit_key, s.drill_slug
        order by u.company_key, u.unit_key, s.drill_slug
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, companies, company -> company));
      statement.setBoolean(2, filter.demo());
      statement.setString(3, key(filter.unit()));
      statement.setBoolean(4, filter.unit() == null);
      statement.setString(5, after == null ? "" : NameKey.of(after.company()));
      statement.setString(6, after == null ? "" : NameKey.of(after.unit()));
      statement.setString(7, after == null ? "" : after.drill().value());
      List<Row> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Row(
                  row.getString(1),
                  row.getString(2),
                  new DrillSlug(row.getString(3)),
                  row.getLong(4),
                  row.getLong(5),
                  row.getLong(6)));
        }
      }
      return rows;
    }
  }

  private static @Nullable String key(@Nullable String name) {
    return name == null ? null : NameKey.of(name);
  }
}
