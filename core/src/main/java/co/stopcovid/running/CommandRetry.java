package co.stopcovid.running;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.Dialog;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.drills.Keywords;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Tries commands again that had to wait, each learner's in their order. */
public final class CommandRetry {
  /** With the longest wait between them about a week. */
  private static final int MOST_ATTEMPTS = 2_000;

  private static final int MOST_LEARNERS_AT_ONCE = 100;

  private final CommandSettling settling;
  private final WaitingCommands waiting;
  private final Keywords keywords;
  private final VerdictCalls calls;
  private final int mostOfOneLearner;

  /**
   * @param mostOfOneLearner how many commands of a learner are settled before that is written
   */
  public CommandRetry(
      CommandSettling settling,
      WaitingCommands waiting,
      Keywords keywords,
      VerdictCalls calls,
      int mostOfOneLearner) {
    this.settling = settling;
    this.waiting = waiting;
    this.keywords = keywords;
    this.calls = calls;
    this.mostOfOneLearner = mostOfOneLearner;
  }

  /** The first learners who are due now. */
  public List<WaitingLearner> due() {
    return waiting.due(settling.now(), MOST_LEARNERS_AT_ONCE);
  }

  /**
   * Tries what is due until nothing is.
   *
   * @param hasTime false when no more is to be begun
   * @return how many commands do not wait any more
   */
  public int run(BooleanSupplier hasTime) {
    int settled = 0;
    Instant begun = settling.now();
    while (hasTime.getAsBoolean()) {
      List<WaitingLearner> due = waiting.due(begun, MOST_LEARNERS_AT_ONCE);
      int now = retry(due);
      settled += now;
      if (due.size() < MOST_LEARNERS_AT_ONCE && now == 0) {
        break;
      }
    }
    return settled;
  }

  /** Tries what waits of these learners, where it is due. */
  public void run(Set<PhoneNumber> phones) {
    Instant now = settling.now();
    retry(
        waiting.load(phones).values().stream()
            .filter(each -> !each.isEmpty() && each.isDue(now))
            .toList());
  }

  /**
   * Tries what waits of learners, one command of each at a time.
   *
   * @return how many commands do not wait any more
   */
  public int retry(List<WaitingLearner> due) {
    Map<PhoneNumber, Attempt> attempts = LinkedHashMap.newLinkedHashMap(due.size());
    for (WaitingLearner learner : due) {
      if (!learner.isEmpty()) {
        attempts.put(learner.phone(), new Attempt(learner));
      }
    }
    List<Attempt> open = new ArrayList<>(attempts.values());
    while (!open.isEmpty()) {
      List<PendingCommand> round = open.stream().map(each -> each.queue.removeFirst()).toList();
      List<Outcome> outcomes = settling.settle(round);
      for (int i = 0; i < round.size(); i++) {
        open.get(i).conclude(round.get(i), outcomes.get(i));
      }
      open.removeIf(attempt -> attempt.queue.isEmpty());
    }
    return write(attempts);
  }

  /** The first command of a learner makes all fail: it is a dead letter, and the next is tried. */
  public void giveUpFirst(WaitingLearner learner, Throwable failure) {
    PendingCommand first = learner.commands().getFirst();
    settling.giveUp(first, failure);
    var attempt = new Attempt(learner);
    attempt.settled.add(first.seq());
    write(Map.of(learner.phone(), attempt));
  }

  private int write(Map<PhoneNumber, Attempt> attempts) {
    if (attempts.isEmpty()) {
      return 0;
    }
    Set<PhoneNumber> conflicts =
        waiting.put(attempts.values().stream().map(Attempt::remaining).toList());
    int settled = 0;
    Map<PhoneNumber, RegistrationCode> asked = new HashMap<>();
    for (Map.Entry<PhoneNumber, Attempt> each : attempts.entrySet()) {
      // Who was given another command meanwhile is due still, and what is settled is settled.
      if (!conflicts.contains(each.getKey())) {
        settled += each.getValue().settled.size();
        if (each.getValue().wait instanceof Outcome.Wait.Verdict(RegistrationCode code)) {
          asked.put(each.getKey(), code);
        }
      }
    }
    if (!asked.isEmpty()) {
      calls.await(asked);
    }
    return settled;
  }

  /** One learner's commands, tried in order. */
  private final class Attempt {
    private final WaitingLearner before;
    private final Deque<PendingCommand> queue;
    private final Set<SequenceNumber> settled = new HashSet<>();
    private String reason;

    /** What the first command that is put off waits for; null when none is. */
    private Outcome.@Nullable Wait wait;

    Attempt(WaitingLearner before) {
      this.before = before;
      this.reason = before.reason();
      this.queue = new ArrayDeque<>(before.commands());
    }

    void conclude(PendingCommand command, Outcome outcome) {
      if (!(outcome instanceof Outcome.TryLater(String why, Outcome.Wait until))) {
        settled.add(command.seq());
        if (settled.size() >= mostOfOneLearner) {
          queue.clear();
        }
        return;
      }
      if (before.attempts() >= MOST_ATTEMPTS && wait == null) {
        settling.reject(command, "tried %d times: %s".formatted(before.attempts(), why));
        settled.add(command.seq());
        return;
      }
      if (wait == null) {
        reason = why;
        wait = until;
      }
      // Nobody is kept from opting out.
      queue.removeIf(later -> !Dialog.isOptOut(later.command(), keywords));
    }

    WaitingLearner remaining() {
      List<PendingCommand> left = new ArrayList<>(before.commands());
      left.removeIf(command -> settled.contains(command.seq()));
      if (left.isEmpty()) {
        return before.settled();
      }
      boolean isSameFirst = left.getFirst().seq().equals(before.commands().getFirst().seq());
      int tried = isSameFirst ? before.attempts() : 0;
      Instant now = settling.now();
      return switch (wait) {
        case null -> before.with(tried, now, reason, left);
        case Outcome.Wait.OutOfReach unknown ->
            before.with(tried + 1, now.plus(WaitingTurn.BACKOFF.after(tried + 1)), reason, left);
        // Nothing has failed.
        case Outcome.Wait.Verdict verdict ->
            before.with(tried, now.plus(calls.longest()), reason, left);
        case Outcome.Wait.Until(Instant time) -> before.with(0, time, reason, left);
      };
    }
  }
}
