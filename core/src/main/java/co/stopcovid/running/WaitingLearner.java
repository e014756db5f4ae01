package co.stopcovid.running;

import co.stopcovid.common.PhoneNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The commands of one learner that wait to be tried again, all behind the first.
 *
 * @param version tells a value that was loaded from what somebody wrote since; 0 when nothing waits
 *     and nothing is known of a time when something did
 * @param attempts how often the first was tried and failed
 * @param notBefore when to try again, in whole milliseconds
 * @param reason why the first waits, for operators
 * @param commands by rising number; none when nothing waits
 */
public record WaitingLearner(
    PhoneNumber phone,
    long version,
    int attempts,
    Instant notBefore,
    String reason,
    List<PendingCommand> commands) {
  /** How many commands of one learner may wait. */
  public static final int MOST_COMMANDS = 100;

  /**
   * How long they may be together, in UTF-16 units: an item of DynamoDB takes 130,000 whatever they
   * are, and one message of Twilio has 2,000.
   */
  public static final int MOST_TEXT = 100_000;

  /**
   * @throws IllegalArgumentException when a command is another learner's
   */
  public WaitingLearner {
    commands = List.copyOf(commands);
    for (PendingCommand command : commands) {
      if (!command.phone().equals(phone)) {
        throw new IllegalArgumentException(
            "command %s waits with those of another learner".formatted(command.seq()));
      }
    }
  }

  /** One for whom nothing waits or ever waited. */
  public static WaitingLearner none(PhoneNumber phone) {
    return new WaitingLearner(phone, 0, 0, Instant.EPOCH, "", List.of());
  }

  public boolean isEmpty() {
    return commands.isEmpty();
  }

  public boolean isDue(Instant now) {
    return turn().isDue(now);
  }

  public WaitingTurn turn() {
    return new WaitingTurn(phone, attempts, notBefore);
  }

  boolean holds(PendingCommand command) {
    return commands.stream().anyMatch(held -> held.seq().equals(command.seq()));
  }

  /**
   * Whether one more command can wait with these. One that cannot has to be dealt with otherwise:
   * it might never be written.
   */
  public boolean hasRoomFor(PendingCommand more) {
    long text = more.payload().length();
    for (PendingCommand command : commands) {
      text += command.payload().length();
    }
    return commands.size() < MOST_COMMANDS && text <= MOST_TEXT;
  }

  /** With one command more, in its place. */
  WaitingLearner and(PendingCommand more) {
    List<PendingCommand> all = new ArrayList<>(commands);
    all.add(more);
    all.sort(Comparator.comparing(PendingCommand::seq));
    return with(attempts, notBefore, reason, all);
  }

  /** To be tried again at a time. */
  WaitingLearner again(int tried, Instant time, String why) {
    return with(tried, time, why, commands);
  }

  /** These commands wait instead, to be tried again at a time. */
  public WaitingLearner with(int tried, Instant time, String why, List<PendingCommand> others) {
    return new WaitingLearner(phone, version, tried, time, why, others);
  }

  /** Nothing waits any more. */
  public WaitingLearner settled() {
    return with(0, Instant.EPOCH, "", List.of());
  }

  /** Without the commands, which are private. */
  @Override
  public String toString() {
    return "WaitingLearner[%s, version %d: %d commands]".formatted(phone, version, commands.size());
  }
}
