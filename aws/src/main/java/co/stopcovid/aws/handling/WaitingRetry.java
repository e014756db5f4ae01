package co.stopcovid.aws.handling;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.aws.dynamo.WaitingCommands;
import co.stopcovid.aws.dynamo.WaitingStore;
import co.stopcovid.aws.handling.CommandSettling.Item;
import co.stopcovid.common.Backoff;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.Dialog;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.Keywords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Tries commands again that had to wait, each learner's in their order. */
public final class WaitingRetry {
  static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  /** With the longest wait between them about a week. */
  private static final int MOST_ATTEMPTS = 2_000;

  private static final int MOST_LEARNERS_AT_ONCE = 100;
  private static final int MOST_HELD = 100;

  /**
   * In UTF-16 units, of which an item of DynamoDB takes 130,000 whatever they are. One of Twilio
   * has 2,000.
   */
  private static final int MOST_TEXT = 100_000;

  private final CommandSettling settling;
  private final WaitingStore waiting;
  private final Keywords keywords;

  public WaitingRetry(CommandSettling settling, WaitingStore waiting, Keywords keywords) {
    this.settling = settling;
    this.waiting = waiting;
    this.keywords = keywords;
  }

  /** Whether so much of one learner may wait. */
  static boolean mayWait(List<SequencedCommand> commands) {
    long text = 0;
    for (SequencedCommand each : commands) {
      text += CommandCodec.encode(each.command()).length();
    }
    return commands.size() <= MOST_HELD && text <= MOST_TEXT;
  }

  /**
   * Tries what is due until nothing is.
   *
   * @param hasTime false when no more is to be begun
   * @return how many commands do not wait any more
   */
  public int run(BooleanSupplier hasTime) {
    Instant now = settling.now();
    int settled = 0;
    while (hasTime.getAsBoolean()) {
      List<WaitingCommands> due = waiting.due(now, MOST_LEARNERS_AT_ONCE);
      int before = settled;
      settled += retry(due);
      if (due.size() < MOST_LEARNERS_AT_ONCE && settled == before) {
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
            .filter(each -> !each.isEmpty() && !each.notBefore().isAfter(now))
            .toList());
  }

  private int retry(List<WaitingCommands> due) {
    List<Attempt> attempts = due.stream().map(Attempt::new).toList();
    Map<PhoneNumber, Attempt> open = new LinkedHashMap<>();
    attempts.forEach(attempt -> open.put(attempt.before.phone(), attempt));
    open.values().removeIf(attempt -> attempt.queue.isEmpty());
    while (!open.isEmpty()) {
      List<Attempt> round = List.copyOf(open.values());
      List<Item> items = round.stream().map(each -> each.queue.removeFirst()).toList();
      List<Outcome> outcomes = settling.settle(items);
      for (int i = 0; i < items.size(); i++) {
        round.get(i).conclude(items.get(i), outcomes.get(i));
      }
      open.values().removeIf(attempt -> attempt.queue.isEmpty());
    }
    int settled = 0;
    for (Attempt attempt : attempts) {
      // Who was given another command meanwhile is due still, and what is settled is settled.
      if (waiting.put(attempt.remaining())) {
        settled += attempt.settled.size();
      }
    }
    return settled;
  }

  /** One learner's commands, tried in order. */
  private final class Attempt {
    private final WaitingCommands before;
    private final Deque<Item> queue = new ArrayDeque<>();
    private final Set<SequenceNumber> settled = new HashSet<>();
    private String reason;
    private boolean putOff;
    private @Nullable Instant until;

    Attempt(WaitingCommands before) {
      this.before = before;
      this.reason = before.reason();
      for (SequencedCommand command : before.commands()) {
        queue.add(new Item(command, CommandCodec.encode(command.command())));
      }
    }

    void conclude(Item item, Outcome outcome) {
      if (!(outcome instanceof Outcome.TryLater(String why, Outcome.Wait wait))) {
        settled.add(item.command().seq());
        return;
      }
      if (before.attempts() >= MOST_ATTEMPTS && !putOff) {
        settling.reject(item, "tried %d times: %s".formatted(before.attempts(), why));
        settled.add(item.command().seq());
        return;
      }
      if (!putOff) {
        reason = why;
        until = wait instanceof Outcome.Wait.Until(Instant time) ? time : null;
      }
      putOff = true;
      // Nobody is kept from opting out.
      queue.removeIf(later -> !Dialog.isOptOut(later.command().command(), keywords));
    }

    WaitingCommands remaining() {
      List<SequencedCommand> left = new ArrayList<>(before.commands());
      left.removeIf(command -> settled.contains(command.seq()));
      if (left.isEmpty()) {
        return before.settled();
      }
      if (until != null) {
        return before.with(0, until, reason, left);
      }
      boolean isSameFirst = left.getFirst().equals(before.commands().getFirst());
      int attempts = isSameFirst ? before.attempts() + 1 : 1;
      return before.with(attempts, settling.now().plus(BACKOFF.after(attempts)), reason, left);
    }
  }
}
