package co.stopcovid.aws.handling;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.running.CommandIntake;
import co.stopcovid.running.CommandSettling;
import co.stopcovid.running.PendingCommand;
import co.stopcovid.running.RawCommand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of the command stream, which come again from the first one on that is not done with: what
 * is malformed, a repeat by its key, or taken by {@link CommandIntake}. Handling the same records
 * again is always safe.
 */
public final class CommandHandling {
  private static final Logger LOG = LoggerFactory.getLogger(CommandHandling.class);

  private final CommandSettling settling;
  private final CommandIntake intake;
  private final UnaryOperator<Map<String, SequenceNumber>> claims;
  private final Function<String, NewCommand> decoder;

  /**
   * @param claims claims idempotency keys, and answers with the holder of each
   * @param decoder reads a record; throws a failure of the kind DATA for a malformed one
   */
  public CommandHandling(
      CommandSettling settling,
      CommandIntake intake,
      UnaryOperator<Map<String, SequenceNumber>> claims,
      Function<String, NewCommand> decoder) {
    this.settling = settling;
    this.intake = intake;
    this.claims = claims;
    this.decoder = decoder;
  }

  /**
   * Handles records in their order.
   *
   * @return the first record that is to be handled again, along with all that follow it; empty when
   *     all are done with
   */
  public Optional<SequenceNumber> handle(List<RawCommand> records) {
    Set<SequenceNumber> done = new HashSet<>();
    try {
      run(records, done);
    } catch (RuntimeException | StackOverflowError e) {
      // A handler's outermost loop: the records that are not done with come again.
      LOG.error(
          "commands failed and come again: records={} done={}", records.size(), done.size(), e);
      return records.stream().map(RawCommand::seq).filter(seq -> !done.contains(seq)).findFirst();
    }
    return Optional.empty();
  }

  /**
   * One command of each learner at a time: what came of a command must be safe before a later one
   * is committed, because after a crash the earlier would count as processed and be lost.
   */
  private void run(List<RawCommand> records, Set<SequenceNumber> done) {
    List<PendingCommand> read = settling.read(records, decoder);
    markMalformed(records, read, done);
    Map<PhoneNumber, Deque<PendingCommand>> queues = new LinkedHashMap<>();
    for (PendingCommand command : withoutRepeats(read, done)) {
      queues.computeIfAbsent(command.phone(), phone -> new ArrayDeque<>()).add(command);
    }
    while (!queues.isEmpty()) {
      List<PendingCommand> round = queues.values().stream().map(Deque::removeFirst).toList();
      intake.take(round);
      round.forEach(command -> done.add(command.seq()));
      queues.values().removeIf(Deque::isEmpty);
    }
  }

  private static void markMalformed(
      List<RawCommand> records, List<PendingCommand> read, Set<SequenceNumber> done) {
    records.forEach(record -> done.add(record.seq()));
    read.forEach(command -> done.remove(command.seq()));
  }

  /** A record whose key another holds is a repeat: of an append that was repeated after a crash. */
  private List<PendingCommand> withoutRepeats(
      List<PendingCommand> commands, Set<SequenceNumber> done) {
    Map<String, SequenceNumber> keys = new LinkedHashMap<>();
    for (PendingCommand command : commands) {
      if (command.key() != null) {
        keys.putIfAbsent(command.key(), command.seq());
      }
    }
    Map<String, SequenceNumber> holders = keys.isEmpty() ? Map.of() : claims.apply(keys);
    List<PendingCommand> first = new ArrayList<>(commands.size());
    for (PendingCommand command : commands) {
      String key = command.key();
      if (key == null || command.seq().equals(holders.get(key))) {
        first.add(command);
      } else {
        LOG.info("repeated command skipped: seq={} first={}", command.seq(), holders.get(key));
        done.add(command.seq());
      }
    }
    return first;
  }
}
