package co.stopcovid.aws.dynamo;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.running.PendingCommand;
import co.stopcovid.running.WaitingLearner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Waiting commands as items, one a learner, in an index by the time when they are due. Where
 * nothing waits any more the item stays for a while and is in no index: its version must not begin
 * anew while someone may still hold an old one.
 */
final class WaitingCommandItems {
  static final String PHONE = "phone_number";
  static final String VERSION = "version";
  static final String ATTEMPTS = "attempts";
  static final String NOT_BEFORE = "not_before";
  static final String REASON = "reason";
  static final String COMMANDS = "commands";
  static final String SHARD = "due_shard";
  static final String EXPIRES = "expires";
  static final String DUE_INDEX = "due";

  /** Learners who wait are many at once only in an outage. */
  static final int SHARDS = 8;

  private static final Duration KEEP = Duration.ofDays(30);

  private WaitingCommandItems() {}

  static Map<String, AttributeValue> write(WaitingLearner waiting, long version, Instant now) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(PHONE, Attributes.text(waiting.phone().value()));
    item.put(VERSION, Attributes.number(version));
    if (waiting.isEmpty()) {
      item.put(EXPIRES, Attributes.number(now.plus(KEEP).getEpochSecond()));
      return item;
    }
    item.put(ATTEMPTS, Attributes.number(waiting.attempts()));
    item.put(NOT_BEFORE, Attributes.number(waiting.notBefore().toEpochMilli()));
    item.put(REASON, Attributes.text(waiting.reason()));
    item.put(SHARD, Attributes.number(Math.floorMod(waiting.phone().value().hashCode(), SHARDS)));
    List<AttributeValue> commands = new ArrayList<>(waiting.commands().size());
    for (PendingCommand command : waiting.commands()) {
      commands.add(Attributes.text(CommandCodec.encode(command.seq(), command.command())));
    }
    item.put(COMMANDS, AttributeValue.fromL(commands));
    return item;
  }

  /**
   * The commands in an item.
   *
   * @throws MalformedItemException when it has not the form of one
   */
  static WaitingLearner read(Map<String, AttributeValue> item) {
    var phone = new PhoneNumber(Attributes.text(item, PHONE));
    long version = Attributes.number(item, VERSION);
    AttributeValue list = item.get(COMMANDS);
    if (list == null) {
      return new WaitingLearner(phone, version, 0, Instant.EPOCH, "", List.of());
    }
    List<PendingCommand> commands = new ArrayList<>();
    try {
      for (AttributeValue command : list.l()) {
        CommandCodec.Line line = CommandCodec.decodeLine(command.s());
        if (line.seq() == null) {
          throw new MalformedItemException(COMMANDS + " must have numbers");
        }
        commands.add(
            new PendingCommand(
                new SequencedCommand(line.seq(), line.command()),
                CommandCodec.encode(line.command())));
      }
      return new WaitingLearner(
          phone,
          version,
          Math.toIntExact(Attributes.number(item, ATTEMPTS)),
          Instant.ofEpochMilli(Attributes.number(item, NOT_BEFORE)),
          Attributes.text(item, REASON),
          commands);
    } catch (MalformedJsonException | IllegalArgumentException | ArithmeticException e) {
      throw new MalformedItemException(COMMANDS + ": " + e.getMessage(), e);
    }
  }
}
