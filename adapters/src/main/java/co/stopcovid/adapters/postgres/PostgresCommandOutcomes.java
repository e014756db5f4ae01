package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandOutcomes;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.running.CommandIntake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What became of commands, from the log, what is put off, the dead letters and the events. */
public final class PostgresCommandOutcomes implements CommandOutcomes {
  /** How far back in a learner's history the batch of a command is looked for. */
  private static final int MOST_BATCHES = 1_000;

  private final Database database;
  private final String consumer;

  /**
   * @param consumer that decides on commands
   */
  public PostgresCommandOutcomes(Database database, String consumer) {
    this.database = database;
    this.consumer = consumer;
  }

  @Override
  public Optional<Fate> find(SequenceNumber seq) {
    String sql =
        """
        select c.payload, l.id, l.reason,
          c.position <= coalesce(
            (select position from consumer_checkpoints where consumer = :consumer), 0)
        from commands c
        left join dead_letters l on l.source = :source and l.source_id = c.position::text
        where c.position = :position
        """;
    long position;
    try {
      position = Long.parseLong(seq.toString());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    Optional<Found> found =
        database.read(
            handle ->
                handle
                    .createQuery(sql)
                    .bind("consumer", consumer)
                    .bind("source", DeadLetter.COMMANDS)
                    .bind("position", position)
                    .map(
                        (row, context) ->
                            new Found(
                                row.getString(1),
                                row.getLong(2),
                                row.getString(3),
                                row.getBoolean(4)))
                    .findOne());
    return found.map(command -> fate(position, command));
  }

  private record Found(String payload, long letter, @Nullable String rejected, boolean decided) {}

  private Fate fate(long position, Found command) {
    if (command.rejected() != null) {
      return new Fate.Rejected(command.rejected(), command.letter());
    }
    if (!command.decided()) {
      return new Fate.Waiting();
    }
    PhoneNumber phone = phone(command.payload());
    if (phone == null) {
      return new Fate.Processed(0, List.of());
    }
    return putOff(position, phone).orElseGet(() -> processed(position, phone));
  }

  private static @Nullable PhoneNumber phone(String payload) {
    try {
      return CommandCodec.decode(payload).phone();
    } catch (MalformedJsonException e) {
      return null;
    }
  }

  private Optional<Fate> putOff(long position, PhoneNumber phone) {
    String sql =
        "select reason, seqs[1] = :seq from waiting_commands "
            + "where phone = :phone and :seq = any(seqs)";
    return database.read(
        handle ->
            handle
                .createQuery(sql)
                .bind("phone", phone.value())
                .bind("seq", Long.toString(position))
                .map(
                    (row, context) ->
                        (Fate)
                            new Fate.PutOff(
                                row.getBoolean(2) ? row.getString(1) : CommandIntake.BEHIND))
                .findOne());
  }

  /** Batches hold the number of their command, and a learner's rise with their versions. */
  private Fate processed(long position, PhoneNumber phone) {
    String sql =
        """
          select version, payload from event_batches
          where phone = ? order by version desc limit ?
          """;
    List<Fate.Processed> found = new ArrayList<>();
    database.read(
        handle ->
            handle
                .createQuery(sql)
                .bind(0, phone.value())
                .bind(1, MOST_BATCHES)
                .map(
                    (row, context) -> {
                      JsonNode batch = Json.parse(row.getString(2));
                      if (batch.path("seq").asString("").equals(Long.toString(position))) {
                        found.add(new Fate.Processed(row.getLong(1), types(batch)));
                      }
                      return row.getLong(1);
                    })
                .list());
    return found.isEmpty() ? new Fate.Processed(0, List.of()) : found.getFirst();
  }

  private static List<String> types(JsonNode batch) {
    List<String> types = new ArrayList<>();
    batch.path("events").forEach(event -> types.add(event.path("event_type").asString("")));
    return types;
  }
}
