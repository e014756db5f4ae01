package co.stopcovid.aws.handling;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.aws.dynamo.WaitingCommands;
import co.stopcovid.aws.dynamo.WaitingStore;
import co.stopcovid.aws.handling.CommandSettling.Item;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.Dialog;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.Keywords;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns records of the command stream into committed events. A malformed record goes whole to the
 * failure queue, a repeat is skipped, and a command that has to wait blocks its own learner alone,
 * who is still heard when opting out. Handling the same records again is always safe.
 */
public final class CommandHandling {
  private static final Logger LOG = LoggerFactory.getLogger(CommandHandling.class);

  /** How often a learner is taken anew because what waits was changed by another meanwhile. */
  private static final int MOST_ATTEMPTS = 5;

  private static final String BEHIND = "an earlier message of this learner waits";

  private final CommandSettling settling;
  private final WaitingStore waiting;
  private final UnaryOperator<Map<String, SequenceNumber>> claims;
  private final Function<String, NewCommand> decoder;
  private final Keywords keywords;
  private final Consumer<Set<PhoneNumber>> registration;

  /**
   * @param claims claims idempotency keys, and answers with the holder of each
   * @param decoder reads a record; throws {@link MalformedJsonException}
   * @param registration told of learners whose waiting messages may be codes that a service has to
   *     be asked about, which takes too long for the others here
   */
  public CommandHandling(
      CommandSettling settling,
      WaitingStore waiting,
      UnaryOperator<Map<String, SequenceNumber>> claims,
      Function<String, NewCommand> decoder,
      Keywords keywords,
      Consumer<Set<PhoneNumber>> registration) {
    this.settling = settling;
    this.waiting = waiting;
    this.claims = claims;
    this.decoder = decoder;
    this.keywords = keywords;
    this.registration = registration;
  }

  /**
   * Handles records in their order.
   *
   * @return the first record that is to be handled again, along with all that follow it; empty when
   *     all are done with
   */
  public Optional<SequenceNumber> handle(List<CommandRecord> records) {
    Set<SequenceNumber> done = new HashSet<>();
    try {
      run(records, done);
    } catch (RuntimeException | StackOverflowError e) {
      // A handler's outermost loop: the records that are not done with come again.
      LOG.error(
          "commands failed and come again: records={} done={}", records.size(), done.size(), e);
      return records.stream()
          .map(CommandRecord::seq)
          .filter(seq -> !done.contains(seq))
          .findFirst();
    }
    return Optional.empty();
  }

  private void run(List<CommandRecord> records, Set<SequenceNumber> done) {
    Map<PhoneNumber, Deque<Item>> queues = new LinkedHashMap<>();
    for (Item item : withoutRepeats(decode(records, done), done)) {
      queues.computeIfAbsent(item.command().phone(), phone -> new ArrayDeque<>()).add(item);
    }
    while (!queues.isEmpty()) {
      List<Item> round = queues.values().stream().map(Deque::removeFirst).toList();
      take(round);
      round.forEach(item -> done.add(item.command().seq()));
      queues.values().removeIf(Deque::isEmpty);
    }
  }

  private record Decoded(Item item, NewCommand command) {}

  private List<Decoded> decode(List<CommandRecord> records, Set<SequenceNumber> done) {
    List<Decoded> decoded = new ArrayList<>(records.size());
    List<DeadLetter> malformed = new ArrayList<>();
    List<SequenceNumber> buried = new ArrayList<>();
    for (CommandRecord record : records) {
      try {
        NewCommand command = decoder.apply(record.data());
        var sequenced = new SequencedCommand(record.seq(), command.command());
        decoded.add(new Decoded(new Item(sequenced, record.data()), command));
      } catch (MalformedJsonException e) {
        LOG.warn("malformed command: seq={} reason={}", record.seq(), e.getMessage());
        malformed.add(
            new DeadLetter(
                DeadLetter.COMMANDS,
                record.seq().toString(),
                record.data(),
                "malformed: " + e.getMessage(),
                settling.now()));
        buried.add(record.seq());
      }
    }
    settling.bury(malformed);
    done.addAll(buried);
    return decoded;
  }

  /** A record whose key another holds is a repeat: of an append that was repeated after a crash. */
  private List<Item> withoutRepeats(List<Decoded> decoded, Set<SequenceNumber> done) {
    Map<String, SequenceNumber> keys = new LinkedHashMap<>();
    for (Decoded each : decoded) {
      String key = each.command().idempotencyKey();
      if (key != null) {
        keys.putIfAbsent(key, each.item().command().seq());
      }
    }
    Map<String, SequenceNumber> holders = keys.isEmpty() ? Map.of() : claims.apply(keys);
    List<Item> items = new ArrayList<>(decoded.size());
    for (Decoded each : decoded) {
      SequenceNumber seq = each.item().command().seq();
      String key = each.command().idempotencyKey();
      if (key == null || seq.equals(holders.get(key))) {
        items.add(each.item());
      } else {
        LOG.info("repeated command skipped: seq={} first={}", seq, holders.get(key));
        done.add(seq);
      }
    }
    return items;
  }

  /** Takes one command of each learner. */
  private void take(List<Item> round) {
    List<Item> open = round;
    for (int attempt = 0; !open.isEmpty(); attempt++) {
      if (attempt == MOST_ATTEMPTS) {
        throw new IllegalStateException("what waits was changed by another each time");
      }
      Set<PhoneNumber> changed = tryTake(open);
      open = open.stream().filter(item -> changed.contains(item.command().phone())).toList();
    }
  }

  /** The learners to be taken again, because another changed what waits of them. */
  private Set<PhoneNumber> tryTake(List<Item> items) {
    Set<PhoneNumber> phones = new HashSet<>();
    items.forEach(item -> phones.add(item.command().phone()));
    Map<PhoneNumber, WaitingCommands> waits = waiting.load(phones);
    List<Item> taken = new ArrayList<>();
    Set<PhoneNumber> changed = new HashSet<>();
    for (Item item : items) {
      WaitingCommands own = waits.get(item.command().phone());
      if ((own != null && own.isEmpty()) || Dialog.isOptOut(item.command().command(), keywords)) {
        taken.add(item);
      } else if (own == null) {
        settling.reject(item, "what waits of this learner cannot be read");
      } else if (!queue(item, own, own.attempts(), own.notBefore(), BEHIND)) {
        changed.add(own.phone());
      }
    }
    List<Outcome> outcomes = settling.settle(taken);
    Instant now = settling.now();
    Set<PhoneNumber> asking = new HashSet<>();
    for (int i = 0; i < taken.size(); i++) {
      Item item = taken.get(i);
      WaitingCommands own = waits.get(item.command().phone());
      if (outcomes.get(i) instanceof Outcome.TryLater(String reason, Outcome.Wait wait)) {
        if (own == null) {
          settling.reject(item, reason);
        } else if (!queue(item, own, wait, now, reason)) {
          changed.add(own.phone());
        } else if (wait instanceof Outcome.Wait.Verdict) {
          asking.add(own.phone());
        }
      } else if (own != null && !own.isEmpty()) {
        // It went past what waits, which is thereby settled: that is found when it is tried now.
        // Whoever has changed it meanwhile is trying it.
        waiting.put(own.with(own.attempts(), now, own.reason(), own.commands()));
      }
    }
    if (!asking.isEmpty()) {
      registration.accept(asking);
    }
    return changed;
  }

  /** False when another changed what waits of the learner. */
  private boolean queue(
      Item item, WaitingCommands own, Outcome.Wait wait, Instant now, String reason) {
    return switch (wait) {
      case Outcome.Wait.OutOfReach unknown ->
          queue(item, own, 1, now.plus(WaitingRetry.BACKOFF.after(1)), reason);
      // Nothing has failed yet.
      case Outcome.Wait.Verdict verdict -> queue(item, own, 0, now, reason);
      case Outcome.Wait.Until(Instant time) -> queue(item, own, 0, time, reason);
    };
  }

  private boolean queue(
      Item item, WaitingCommands own, int attempts, Instant notBefore, String reason) {
    SequencedCommand command = item.command();
    if (own.commands().stream().anyMatch(held -> held.seq().equals(command.seq()))) {
      return true;
    }
    List<SequencedCommand> commands = new ArrayList<>(own.commands());
    commands.add(command);
    if (!WaitingRetry.mayWait(commands)) {
      settling.reject(item, "too many commands of this learner wait already");
      return true;
    }
    LOG.warn("command waits: seq={} phone={} reason={}", command.seq(), own.phone(), reason);
    String first = own.isEmpty() ? reason : own.reason();
    return waiting.put(
        own.isEmpty()
            ? own.with(attempts, notBefore, first, commands)
            : own.with(own.attempts(), own.notBefore(), first, commands));
  }
}
