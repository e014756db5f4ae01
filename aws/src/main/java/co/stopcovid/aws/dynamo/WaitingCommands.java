package co.stopcovid.aws.dynamo;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.SequencedCommand;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * The commands of one learner that wait to be tried again, all behind the first.
 *
 * @param version counts what was written for this learner; 0 when nothing ever was
 * @param attempts how often the first was tried
 * @param notBefore when to try again, in whole milliseconds
 * @param reason why the first waits, for operators
 * @param commands in the order of their numbers; none when nothing waits
 */
public record WaitingCommands(
    PhoneNumber phone,
    long version,
    int attempts,
    Instant notBefore,
    String reason,
    List<SequencedCommand> commands) {
  /**
   * @throws IllegalArgumentException when a command is another learner's
   */
  public WaitingCommands {
    commands = List.copyOf(commands);
    for (SequencedCommand command : commands) {
      if (!command.phone().equals(phone)) {
        throw new IllegalArgumentException(
            "a command of %s waits with those of %s".formatted(command.phone(), phone));
      }
    }
  }

  /** The most text in one item, in bytes: DynamoDB takes 400 KB with all that is around it. */
  private static final int MOST_BYTES = 300_000;

  private static final int MOST_COMMANDS = 200;

  /** Of a learner for whom nothing waits or ever waited. */
  public static WaitingCommands none(PhoneNumber phone) {
    return new WaitingCommands(phone, 0, 0, Instant.EPOCH, "", List.of());
  }

  public boolean isEmpty() {
    return commands.isEmpty();
  }

  /**
   * Whether one more command can wait with these. One that cannot has to be dealt with otherwise:
   * it would never be written.
   */
  public boolean hasRoomFor(SequencedCommand more) {
    int bytes = bytes(more);
    for (SequencedCommand command : commands) {
      bytes += bytes(command);
    }
    return bytes <= MOST_BYTES && commands.size() < MOST_COMMANDS;
  }

  private static int bytes(SequencedCommand command) {
    return CommandCodec.encode(command.seq(), command.command())
        .getBytes(StandardCharsets.UTF_8)
        .length;
  }

  /** These commands wait instead, to be tried again at a time. */
  public WaitingCommands with(int tried, Instant again, String why, List<SequencedCommand> others) {
    return new WaitingCommands(phone, version, tried, again, why, others);
  }

  /** Nothing waits any more. */
  public WaitingCommands settled() {
    return new WaitingCommands(phone, version, 0, Instant.EPOCH, "", List.of());
  }
}
