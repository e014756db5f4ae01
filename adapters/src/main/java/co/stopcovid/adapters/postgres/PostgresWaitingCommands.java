package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.common.Failure;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.running.PendingCommand;
import co.stopcovid.running.WaitingCommands;
import co.stopcovid.running.WaitingLearner;
import co.stopcovid.running.WaitingTurn;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands that may succeed later, in the table {@code waiting_commands}: one row a learner. */
public final class PostgresWaitingCommands implements WaitingCommands {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresWaitingCommands.class);

  private static final String COLUMNS =
      "phone, version, attempts, not_before, reason, seqs, payloads";

  private final Database database;

  public PostgresWaitingCommands(Database database) {
    this.database = database;
  }

  /** All who wait. */
  public List<WaitingTurn> turns() {
    return database.read(
        handle ->
            handle
                .createQuery("select phone, attempts, not_before from waiting_commands")
                .map(
                    (row, context) ->
                        new WaitingTurn(
                            new PhoneNumber(row.getString(1)), row.getInt(2), time(row, 3)))
                .list());
  }

  @Override
  public Map<PhoneNumber, WaitingLearner> load(Set<PhoneNumber> phones) {
    Map<PhoneNumber, WaitingLearner> found = HashMap.newHashMap(phones.size());
    phones.forEach(phone -> found.put(phone, WaitingLearner.none(phone)));
    String sql = "select %s from waiting_commands where phone = any(?)".formatted(COLUMNS);
    database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setArray(
                1, Columns.texts(handle.getConnection(), phones, PhoneNumber::value));
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                var phone = new PhoneNumber(row.getString("phone"));
                read(row, phone)
                    .ifPresentOrElse(
                        learner -> found.put(phone, learner), () -> found.remove(phone));
              }
            }
            return found;
          }
        });
    return found;
  }

  @Override
  public List<WaitingLearner> due(Instant now, int limit) {
    String sql =
        """
        select %s from waiting_commands where not_before <= ? or not_before > ?
        order by not_before limit ?
        """
            .formatted(COLUMNS);
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setObject(1, utc(now));
            // One put off for longer than any is waits for a clock that was set back.
            statement.setObject(2, utc(now.plus(WaitingTurn.LONGEST_WAIT)));
            statement.setInt(3, limit);
            List<WaitingLearner> due = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                read(row, new PhoneNumber(row.getString("phone"))).ifPresent(due::add);
              }
            }
            return due;
          }
        });
  }

  /** Empty for one that cannot be read, so that the others can go on. */
  private static Optional<WaitingLearner> read(ResultSet row, PhoneNumber phone)
      throws SQLException {
    String[] seqs = texts(row, "seqs");
    String[] payloads = texts(row, "payloads");
    try {
      List<PendingCommand> commands = new ArrayList<>(seqs.length);
      for (int i = 0; i < seqs.length; i++) {
        var command =
            new SequencedCommand(SequenceNumber.parse(seqs[i]), CommandCodec.decode(payloads[i]));
        commands.add(new PendingCommand(command, payloads[i]));
      }
      return Optional.of(
          new WaitingLearner(
              phone,
              row.getLong("version"),
              row.getInt("attempts"),
              time(row, row.findColumn("not_before")),
              row.getString("reason"),
              commands));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      LOG.error("waiting commands cannot be read: phone={} reason={}", phone, e.getMessage());
      return Optional.empty();
    } catch (RuntimeException e) {
      if (Failure.kindOf(e) != Failure.Kind.DATA) {
        throw e;
      }
      LOG.error("waiting commands cannot be read: phone={} reason={}", phone, e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Set<PhoneNumber> put(Collection<WaitingLearner> learners) {
    List<WaitingLearner> added = new ArrayList<>();
    List<WaitingLearner> changed = new ArrayList<>();
    List<WaitingLearner> settled = new ArrayList<>();
    for (WaitingLearner learner : learners) {
      if (!learner.isEmpty()) {
        (learner.version() == 0 ? added : changed).add(learner);
      } else if (learner.version() != 0) {
        settled.add(learner);
      }
    }
    if (added.isEmpty() && changed.isEmpty() && settled.isEmpty()) {
      return Set.of();
    }
    return database.write(
        handle -> {
          Connection connection = handle.getConnection();
          Set<PhoneNumber> conflicts = new HashSet<>();
          add(connection, added, conflicts);
          change(connection, changed, conflicts);
          settle(connection, settled, conflicts);
          return conflicts;
        });
  }

  private static void add(
      Connection connection, List<WaitingLearner> learners, Set<PhoneNumber> conflicts)
      throws SQLException {
    String sql =
        """
        insert into waiting_commands (phone, version, attempts, not_before, reason, seqs, payloads)
        values (?, nextval('waiting_versions'), ?, ?, ?, ?, ?) on conflict (phone) do nothing
        """;
    run(
        connection,
        sql,
        learners,
        (statement, learner) -> {
          statement.setString(1, learner.phone().value());
          bind(connection, statement, 2, learner);
        },
        conflicts);
  }

  private static void change(
      Connection connection, List<WaitingLearner> learners, Set<PhoneNumber> conflicts)
      throws SQLException {
    String sql =
        """
        update waiting_commands set version = nextval('waiting_versions'),
          attempts = ?, not_before = ?, reason = ?, seqs = ?, payloads = ?
        where phone = ? and version = ?
        """;
    run(
        connection,
        sql,
        learners,
        (statement, learner) -> {
          bind(connection, statement, 1, learner);
          statement.setString(6, learner.phone().value());
          statement.setLong(7, learner.version());
        },
        conflicts);
  }

  private static void settle(
      Connection connection, List<WaitingLearner> learners, Set<PhoneNumber> conflicts)
      throws SQLException {
    run(
        connection,
        "delete from waiting_commands where phone = ? and version = ?",
        learners,
        (statement, learner) -> {
          statement.setString(1, learner.phone().value());
          statement.setLong(2, learner.version());
        },
        conflicts);
  }

  @FunctionalInterface
  private interface Binding {
    void bind(PreparedStatement statement, WaitingLearner learner) throws SQLException;
  }

  private static void run(
      Connection connection,
      String sql,
      List<WaitingLearner> learners,
      Binding binding,
      Set<PhoneNumber> conflicts)
      throws SQLException {
    if (learners.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (WaitingLearner learner : learners) {
        binding.bind(statement, learner);
        statement.addBatch();
      }
      int[] counts = statement.executeBatch();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] == 0) {
          conflicts.add(learners.get(i).phone());
        }
      }
    }
  }

  private static void bind(
      Connection connection, PreparedStatement statement, int first, WaitingLearner learner)
      throws SQLException {
    statement.setInt(first, learner.attempts());
    statement.setObject(first + 1, utc(learner.notBefore()));
    statement.setString(first + 2, learner.reason());
    statement.setArray(first + 3, texts(connection, learner, command -> command.seq().toString()));
    statement.setArray(first + 4, texts(connection, learner, PendingCommand::payload));
  }

  private static Array texts(
      Connection connection, WaitingLearner learner, Function<PendingCommand, String> column)
      throws SQLException {
    return Columns.texts(connection, learner.commands(), column);
  }

  private static String[] texts(ResultSet row, String column) throws SQLException {
    return (String[]) row.getArray(column).getArray();
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
