package co.stopcovid.aws.kinesis;

import co.stopcovid.aws.retry.Retries;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.NewCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The command stream on Kinesis, by phone number. The stream may hold a command with a key more
 * than once, after a crash or when two append it at a time: readers handle the one that holds the
 * key in {@link CommandKeys}, and skip the others.
 */
public final class KinesisCommandStream implements CommandStream {
  private final KinesisClient client;
  private final String stream;
  private final CommandKeys keys;
  private final Retries backoff;

  /**
   * @param backoff for the records that Kinesis did not take
   */
  public KinesisCommandStream(
      KinesisClient client, String stream, CommandKeys keys, Retries backoff) {
    this.client = client;
    this.stream = stream;
    this.keys = keys;
    this.backoff = backoff;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnwrittenCommandsException when some of the commands could not be written
   */
  @Override
  public List<SequenceNumber> append(List<NewCommand> commands) {
    Map<String, SequenceNumber> holders = find(commands);
    List<PendingRecord> records = new ArrayList<>();
    Map<String, PendingRecord> keyed = new LinkedHashMap<>();
    // For each command its record; none where the key has a holder or stood in the call before.
    List<@Nullable PendingRecord> own = new ArrayList<>();
    for (NewCommand command : commands) {
      String key = command.idempotencyKey();
      if (key != null && (holders.containsKey(key) || keyed.containsKey(key))) {
        own.add(null);
        continue;
      }
      var record = new PendingRecord(command);
      if (key != null) {
        keyed.put(key, record);
      }
      records.add(record);
      own.add(record);
    }
    new OrderedPuts(client, stream, backoff, records).run();
    holders.putAll(claim(keyed));
    return numbers(commands, own, holders);
  }

  private Map<String, SequenceNumber> find(List<NewCommand> commands) {
    Set<String> given =
        commands.stream()
            .map(NewCommand::idempotencyKey)
            .filter(key -> key != null)
            .collect(Collectors.toSet());
    return given.isEmpty() ? new HashMap<>() : new HashMap<>(keys.find(given));
  }

  private Map<String, SequenceNumber> claim(Map<String, PendingRecord> records) {
    Map<String, SequenceNumber> claims = new LinkedHashMap<>();
    records.forEach((key, record) -> claims.put(key, record.number()));
    return claims.isEmpty() ? claims : keys.claim(claims);
  }

  private static List<SequenceNumber> numbers(
      List<NewCommand> commands,
      List<@Nullable PendingRecord> own,
      Map<String, SequenceNumber> holders) {
    List<SequenceNumber> numbers = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      String key = commands.get(i).idempotencyKey();
      PendingRecord record = own.get(i);
      SequenceNumber holder = key == null ? null : holders.get(key);
      if (holder == null && record == null) {
        throw new IllegalStateException("a key without a holder after its claim");
      }
      numbers.add(holder == null ? record.number() : holder);
    }
    return numbers;
  }
}
