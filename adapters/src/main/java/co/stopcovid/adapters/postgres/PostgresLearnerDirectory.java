package co.stopcovid.adapters.postgres;

import co.stopcovid.common.NameKey;
import co.stopcovid.progress.LearnerDirectory;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerProgress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the ids of a page in the table {@code users}, then their trees. */
public final class PostgresLearnerDirectory implements LearnerDirectory {
  private static final UUID FIRST = new UUID(0, 0);

  private final Database database;

  public PostgresLearnerDirectory(Database database) {
    this.database = database;
  }

  @Override
  public List<LearnerProgress> page(
      @Nullable String company, @Nullable LearnerId after, int limit) {
    return database.read(
        handle -> {
          Connection connection = handle.getConnection();
          var reader = new ProgressReader(connection);
          return Rows.<LearnerProgress, LearnerId>page(
              after,
              limit,
              (from, most) -> {
                List<LearnerId> ids = ids(connection, company, from, most);
                return new Rows.Part<>(
                    List.copyOf(reader.readableTrees(ids).values()),
                    ids.size(),
                    ids.isEmpty() ? null : ids.getLast());
              });
        });
  }

  @Override
  public List<LearnerProgress> silent(@Nullable LearnerId after, int limit) {
    String sql =
        """
        select u.user_id from users u
        where u.user_id > ? and u.silence <> 'NONE' and u.validated and not u.opted_out
          and exists (
            select from phone_numbers p
            where p.user_id = u.user_id and p.validated and not p.opted_out)
        order by u.user_id limit ?
        """;
    return database.read(
        handle -> {
          Connection connection = handle.getConnection();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, after == null ? FIRST : after.value());
            statement.setInt(2, limit);
            List<LearnerId> ids =
                Rows.list(statement, row -> new LearnerId(ProgressColumns.uuid(row, 1)));
            return List.copyOf(new ProgressReader(connection).trees(ids).values());
          }
        });
  }

  private static List<LearnerId> ids(
      Connection connection, @Nullable String company, @Nullable LearnerId after, int limit)
      throws SQLException {
    String ofCompany = "and company_key = ? ";
    // Only a registration names a company; said so, the index for that serves.
    String filter =
        company == null ? "" : company.isBlank() ? ofCompany : ofCompany + "and validated ";
    String sql =
        "select user_id from users where user_id > ? " + filter + "order by user_id limit ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameter = 1;
      statement.setObject(parameter++, after == null ? FIRST : after.value());
      if (company != null) {
        statement.setString(parameter++, NameKey.of(company));
      }
      statement.setInt(parameter, limit);
      return Rows.list(statement, row -> new LearnerId(ProgressColumns.uuid(row, 1)));
    }
  }
}
