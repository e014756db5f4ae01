package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.LoggedMessage;
import co.stopcovid.sms.MessageLog;
import co.stopcovid.sms.ReceivedMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The message log in the tables {@code inbound_messages} and {@code outbound_messages}. */
public final class PostgresMessageLog implements MessageLog {
  /** Stands in no address. */
  private static final String SEPARATOR = "\n";

  /** Orders must name {@code m.seq}: seq alone is the text here. */
  private static final String COLUMNS =
      """
      select m.phone, m.seq::text, m.received_time, m.sid, m.body, m.media, m.unhandled,
        m.our_number
      from inbound_messages m
      """;

  private final Database database;

  public PostgresMessageLog(Database database) {
    this.database = database;
  }

  /** Within a {@link Database#unit} part of that transaction. */
  @Override
  public void receive(List<ReceivedMessage> messages) {
    if (!messages.isEmpty()) {
      database.write(handle -> insert(handle.getConnection(), messages));
    }
  }

  private static int insert(Connection connection, List<ReceivedMessage> messages)
      throws SQLException {
    String sql =
        """
        insert into inbound_messages (phone, seq, received_time, sid, body, media, unhandled, our_number)
        select u.phone, u.seq::numeric, timestamptz 'epoch' + interval '1 millisecond' * u.received,
          u.sid, convert_from(u.body, 'UTF8'), u.media, u.unhandled <> 0,
          u.our_number
        from unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::bytea[], ?::text[],
            ?::bigint[], ?::text[])
          as u (phone, seq, received, sid, body, media, unhandled, our_number)
        on conflict (phone, seq) do nothing
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(
          1, Columns.texts(connection, messages, message -> message.phone().value()));
      statement.setArray(
          2, Columns.texts(connection, messages, message -> message.seq().toString()));
      statement.setArray(3, Columns.times(connection, messages, ReceivedMessage::receivedTime));
      statement.setArray(4, Columns.nullableTexts(connection, messages, ReceivedMessage::sid));
      statement.setArray(5, Columns.utf8(connection, messages, ReceivedMessage::body));
      statement.setArray(
          6,
          Columns.texts(
              connection, messages, message -> String.join(SEPARATOR, message.mediaUrls())));
      statement.setArray(
          7, Columns.longs(connection, messages, message -> message.unhandled() ? 1 : 0));
      statement.setArray(
          8, Columns.nullableTexts(connection, messages, ReceivedMessage::ourNumber));
      return statement.executeUpdate();
    }
  }

  @Override
  public List<LoggedMessage> conversation(PhoneNumber phone, Instant before, int limit) {
    List<LoggedMessage> messages = new ArrayList<>();
    outbound(phone, before, limit)
        .forEach(entry -> messages.add(new LoggedMessage.Outbound(entry)));
    inbound(phone, before, limit)
        .forEach(message -> messages.add(new LoggedMessage.Inbound(message)));
    return messages.stream()
        .sorted(Comparator.comparing(LoggedMessage::time).reversed())
        .limit(limit)
        .toList();
  }

  private List<LedgerEntry> outbound(PhoneNumber phone, Instant before, int limit) {
    String sql =
        "select "
            + OutboundColumns.ALL
            + """
              from outbound_messages m where phone = ? and created_time < ?
              order by version desc, message_index desc limit ?
              """;
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            bind(statement, phone, before, limit);
            return OutboundRows.entries(statement);
          }
        });
  }

  private List<ReceivedMessage> inbound(PhoneNumber phone, Instant before, int limit) {
    String sql = COLUMNS + "where m.phone = ? and m.received_time < ? order by m.seq desc limit ?";
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            bind(statement, phone, before, limit);
            return Rows.list(statement, PostgresMessageLog::message);
          }
        });
  }

  private static void bind(
      PreparedStatement statement, PhoneNumber phone, Instant before, int limit)
      throws SQLException {
    statement.setString(1, phone.value());
    statement.setTimestamp(2, Timestamp.from(before));
    statement.setInt(3, limit);
  }

  private static ReceivedMessage message(ResultSet row) throws SQLException {
    String media = row.getString(6);
    return new ReceivedMessage(
        new PhoneNumber(row.getString(1)),
        SequenceNumber.parse(row.getString(2)),
        OutboundColumns.instant(row, 3),
        row.getString(4),
        row.getString(8),
        row.getString(5),
        media.isEmpty() ? List.of() : List.of(media.split(SEPARATOR, -1)),
        row.getBoolean(7));
  }

  @Override
  public List<ReceivedMessage> unhandled(@Nullable Place after, int limit) {
    String sql =
        COLUMNS
            + """
              where m.unhandled and (m.received_time, m.phone, m.seq) > (?, ?, ?::numeric)
              order by m.received_time, m.phone, m.seq limit ?
              """;
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setTimestamp(
                1, Timestamp.from(after == null ? Instant.EPOCH : after.receivedTime()));
            statement.setString(2, after == null ? "" : after.phone().value());
            statement.setString(3, after == null ? "0" : after.seq().toString());
            statement.setInt(4, limit);
            return Rows.list(statement, PostgresMessageLog::message);
          }
        });
  }

  @Override
  public boolean isUnhandled(PhoneNumber phone, SequenceNumber seq) {
    String sql = "select unhandled from inbound_messages where phone = ? and seq = ?::numeric";
    return database.read(
        handle ->
            handle
                .createQuery(sql)
                .bind(0, phone.value())
                .bind(1, seq.toString())
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
  }

  @Override
  public boolean settle(PhoneNumber phone, SequenceNumber seq) {
    String sql =
        """
        update inbound_messages set unhandled = false
        where phone = ? and seq = ?::numeric and unhandled
        """;
    return database.write(
        handle ->
            handle.createUpdate(sql).bind(0, phone.value()).bind(1, seq.toString()).execute() > 0);
  }
}
