package co.stopcovid.aws.handling;

import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.sms.InboundLog;
import co.stopcovid.sms.ReceivedMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has commands decided, and sends on what came of them: messages to the log, and what can never
 * succeed to the failure queue. When it returns all of that is safe.
 */
public final class CommandSettling {
  private static final Logger LOG = LoggerFactory.getLogger(CommandSettling.class);

  private final DialogEngine engine;
  private final Consumer<List<DeadLetter>> failureQueue;
  private final Consumer<List<ReceivedMessage>> messageLog;
  private final InstantSource clock;

  public CommandSettling(
      DialogEngine engine,
      Consumer<List<DeadLetter>> failureQueue,
      Consumer<List<ReceivedMessage>> messageLog,
      InstantSource clock) {
    this.engine = engine;
    this.failureQueue = failureQueue;
    this.messageLog = messageLog;
    this.clock = clock;
  }

  /**
   * A command to be settled.
   *
   * @param payload as it stood in the stream
   */
  record Item(SequencedCommand command, String payload) {}

  /**
   * Settles one command of each learner. Of one learner only one, because what came of a command
   * must be safe before a later one is committed: after a crash the earlier would count as
   * processed and be lost.
   *
   * @return an outcome for each, in the same order
   */
  List<Outcome> settle(List<Item> items) {
    if (items.isEmpty()) {
      return List.of();
    }
    List<Outcome> outcomes = decide(items);
    Instant now = now();
    List<DeadLetter> letters = new ArrayList<>();
    List<ReceivedMessage> messages = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      if (outcomes.get(i) instanceof Outcome.Rejected(String reason)) {
        LOG.warn("command rejected: seq={} reason={}", item.command().seq(), reason);
        letters.add(letter(item, reason, now));
      }
      InboundLog.message(item.command(), outcomes.get(i), now).ifPresent(messages::add);
    }
    bury(letters);
    if (!messages.isEmpty()) {
      messageLog.accept(messages);
    }
    return outcomes;
  }

  /** What fails for a reason of its own is taken in halves, until the culprit is found. */
  private List<Outcome> decide(List<Item> items) {
    try {
      return engine.handle(items.stream().map(Item::command).toList());
    } catch (RuntimeException | StackOverflowError e) {
      if (Failures.isOutage(e)) {
        throw e;
      }
      if (items.size() > 1) {
        List<Outcome> outcomes = new ArrayList<>(decide(items.subList(0, items.size() / 2)));
        outcomes.addAll(decide(items.subList(items.size() / 2, items.size())));
        return outcomes;
      }
      LOG.error("command failed: seq={}", items.getFirst().command().seq(), e);
      return List.of(new Outcome.Rejected("failed: " + e.getClass().getName()));
    }
  }

  /** What can never succeed goes whole to the failure queue. */
  void bury(List<DeadLetter> letters) {
    if (!letters.isEmpty()) {
      failureQueue.accept(letters);
    }
  }

  /** To be sent to the failure queue as rejected, with its message in the log as unhandled. */
  void reject(Item item, String reason) {
    Instant now = now();
    bury(List.of(letter(item, reason, now)));
    InboundLog.message(item.command(), new Outcome.Rejected(reason), now)
        .ifPresent(message -> messageLog.accept(List.of(message)));
  }

  private static DeadLetter letter(Item item, String reason, Instant now) {
    return new DeadLetter(
        DeadLetter.COMMANDS, item.command().seq().toString(), item.payload(), reason, now);
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
