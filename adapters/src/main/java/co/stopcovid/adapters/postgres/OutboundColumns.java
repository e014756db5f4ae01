package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.DeliveryState.Delivered;
import co.stopcovid.sms.DeliveryState.Failed;
import co.stopcovid.sms.DeliveryState.Parked;
import co.stopcovid.sms.DeliveryState.Queued;
import co.stopcovid.sms.DeliveryState.Sending;
import co.stopcovid.sms.DeliveryState.Sent;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code outbound_messages}.
 *
 * @param state name of the state; the others are what it holds, as far as it does
 */
record OutboundColumns(
    String state,
    int attempts,
    int doubts,
    @Nullable Long epoch,
    @Nullable String sid,
    @Nullable String reason) {
  /** The columns of a select, in the order that {@link #entry} reads them. */
  static final String ALL =
      """
      m.phone, m.version, m.message_index, m.kind, m.body, m.media_url, m.zones, m.created_time,
      m.not_before, m.expires_at, m.any_hour_until, m.updated_time, m.revision,
      m.state, m.attempts, m.doubts, m.epoch, m.sid, m.reason
      """;

  static OutboundColumns of(DeliveryState state) {
    return switch (state) {
      case Queued s -> new OutboundColumns("QUEUED", s.attempts(), s.doubts(), null, null, null);
      case Sending s ->
          new OutboundColumns("SENDING", s.attempt(), s.doubts(), s.epoch(), null, s.cancelled());
      case Sent s -> new OutboundColumns("SENT", 0, 0, null, s.sid(), null);
      case Delivered s -> new OutboundColumns("DELIVERED", 0, 0, null, s.sid(), null);
      case Failed s -> new OutboundColumns("FAILED", 0, 0, null, s.sid(), s.reason());
      case Parked s -> new OutboundColumns("PARKED", s.attempts(), 0, null, null, s.reason());
    };
  }

  private DeliveryState toState() {
    return switch (state) {
      case "QUEUED" -> new Queued(attempts, doubts);
      case "SENDING" -> new Sending(attempts, doubts, present(epoch), reason);
      case "SENT" -> new Sent(present(sid));
      case "DELIVERED" -> new Delivered(present(sid));
      case "FAILED" -> new Failed(sid, present(reason));
      case "PARKED" -> new Parked(attempts, present(reason));
      default -> throw new StorageException("unknown state of an outbound message: " + state);
    };
  }

  private static <T> T present(@Nullable T column) {
    if (column == null) {
      throw new StorageException("a column of an outbound message is null");
    }
    return column;
  }

  static LedgerEntry entry(ResultSet row) throws SQLException {
    long epoch = row.getLong(17);
    Long epochOrNull = row.wasNull() ? null : epoch;
    var columns =
        new OutboundColumns(
            row.getString(14),
            row.getInt(15),
            row.getInt(16),
            epochOrNull,
            row.getString(18),
            row.getString(19));
    Timestamp anyHourUntil = row.getTimestamp(11);
    return new LedgerEntry(
        id(row),
        MessageKind.valueOf(row.getString(4)),
        new OutboundMessage(row.getString(5), row.getString(6)),
        zones(row.getString(7)),
        instant(row, 8),
        instant(row, 9),
        instant(row, 10),
        anyHourUntil == null ? null : anyHourUntil.toInstant(),
        columns.toState(),
        instant(row, 12),
        row.getLong(13));
  }

  static String zones(Set<ZoneId> zones) {
    return zones.stream().map(ZoneId::getId).sorted().collect(Collectors.joining(" "));
  }

  private static Set<ZoneId> zones(String names) {
    return Arrays.stream(names.split(" ")).map(ZoneId::of).collect(Collectors.toUnmodifiableSet());
  }

  /** From the first three columns. */
  static OutboundId id(ResultSet row) throws SQLException {
    return new OutboundId(new PhoneNumber(row.getString(1)), row.getLong(2), row.getInt(3));
  }

  /** As the first three parameters: arrays of numbers, versions and indexes. */
  static void bindIds(Connection connection, PreparedStatement statement, List<OutboundId> ids)
      throws SQLException {
    statement.setArray(1, Columns.texts(connection, ids, id -> id.phone().value()));
    statement.setArray(2, Columns.longs(connection, ids, OutboundId::version));
    statement.setArray(3, Columns.longs(connection, ids, OutboundId::index));
  }

  static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }
}
