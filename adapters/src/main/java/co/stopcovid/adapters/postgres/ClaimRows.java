package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.OutboundId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The table {@code outbound_claims}: what one transaction claimed stands in one row. */
final class ClaimRows {
  private ClaimRows() {}

  /**
   * @return the number of the group
   */
  static long insert(Connection connection, List<OutboundId> ids) throws SQLException {
    String sql =
        """
        insert into outbound_claims (phones, versions, message_indexes)
        values (?::text[], ?::bigint[], ?::int[]) returning id
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      OutboundColumns.bindIds(connection, statement, ids);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  static void delete(Connection connection, Collection<Long> groups) throws SQLException {
    String sql = "delete from outbound_claims where id = any(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.longs(connection, List.copyOf(groups), group -> group));
      statement.executeUpdate();
    }
  }

  /** Deletes all groups and says what stood in them, in the order of ids. */
  static List<OutboundId> deleteAll(Connection connection) throws SQLException {
    String sql = "delete from outbound_claims returning phones, versions, message_indexes";
    List<OutboundId> ids = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        String[] phones = (String[]) row.getArray(1).getArray();
        Long[] versions = (Long[]) row.getArray(2).getArray();
        Integer[] indexes = (Integer[]) row.getArray(3).getArray();
        for (int i = 0; i < phones.length; i++) {
          ids.add(new OutboundId(new PhoneNumber(phones[i]), versions[i], indexes[i]));
        }
      }
    }
    ids.sort(null);
    return ids;
  }
}
