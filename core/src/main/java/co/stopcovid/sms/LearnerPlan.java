package co.stopcovid.sms;

import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogEvent.AdHocMessageSent;
import co.stopcovid.dialog.DialogEvent.AdvancedToNextPrompt;
import co.stopcovid.dialog.DialogEvent.CompletedPrompt;
import co.stopcovid.dialog.DialogEvent.DrillCompleted;
import co.stopcovid.dialog.DialogEvent.DrillStarted;
import co.stopcovid.dialog.DialogEvent.FailedPrompt;
import co.stopcovid.dialog.DialogEvent.NextDrillRequested;
import co.stopcovid.dialog.DialogEvent.OptedOut;
import co.stopcovid.dialog.DialogEvent.ReminderTriggered;
import co.stopcovid.dialog.DialogEvent.UserUpdated;
import co.stopcovid.dialog.DialogEvent.UserValidated;
import co.stopcovid.dialog.DialogEvent.UserValidationFailed;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.sms.SmsCommit.Earlier;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns event batches of one learner, in order, into what is to be queued. Depends on nothing but
 * its arguments.
 */
final class LearnerPlan {
  static final String LOOP = "too many replies: two machines seem to talk to each other";
  static final String TOO_MANY = "the learner got too many messages on this day";

  /** In which of several zones the day is counted does not matter, if only it is always one. */
  private static final Comparator<ZoneId> BY_NAME = Comparator.comparing(ZoneId::getId);

  private final MessageRules rules;
  private final Instant now;
  private final long expectedVersion;
  private final List<LedgerEntry> entries = new ArrayList<>();
  private SmsCursor cursor;
  private @Nullable DrillVersion drill;
  private Earlier earlier = new Earlier.Kept();

  /**
   * @param drill that the cursor names
   */
  LearnerPlan(SmsCursor cursor, @Nullable DrillVersion drill, MessageRules rules, Instant now) {
    this.cursor = cursor;
    this.drill = drill;
    this.rules = rules;
    this.now = now;
    this.expectedVersion = cursor.version();
  }

  /** The last version that the plan holds. */
  long version() {
    return cursor.version();
  }

  /** What to write; empty when there was no batch that changes anything. */
  Optional<SmsCommit> commit() {
    return cursor.version() == expectedVersion && earlier instanceof Earlier.Kept
        ? Optional.empty()
        : Optional.of(new SmsCommit(expectedVersion, cursor, earlier, entries));
  }

  /**
   * Adds the next batch. When it fails, the plan is as it was before.
   *
   * @throws RuntimeException when the messages cannot be written
   */
  void add(EventBatch batch, Set<ZoneId> zones, MessageWriter writer) {
    List<OutboundMessage> messages = writer.write(batch, drill, cursor.optedOut());
    boolean learnerWrote = batch.events().stream().anyMatch(LearnerPlan::isWrittenByLearner);
    if (isOptOut(batch)) {
      change(new Earlier.Cancelled(now));
    } else if (learnerWrote && cursor.lastDue().isAfter(now.plus(rules.gap()))) {
      change(new Earlier.Released(now, now.plus(rules.replyWindow())));
    }
    Traffic traffic = cursor.traffic();
    if (learnerWrote && !messages.isEmpty()) {
      traffic = traffic.withReply(now, rules);
    }
    cursor = advance(batch, traffic);
    MessageKind kind = kindOf(batch);
    for (int i = 0; i < messages.size(); i++) {
      queue(batch, i, messages.get(i), kind, zones);
    }
    drill = drillAfter(batch, drill);
    cursor = advance(batch, cursor.traffic()).withOptedOut(batch.profile().optedOut());
  }

  /**
   * Looks at a batch that cannot be added yet: what is queued does not outlive an opt-out. The
   * batch itself still has to be added.
   */
  void foresee(EventBatch batch) {
    if (batch.version() > version() && isOptOut(batch)) {
      change(new Earlier.Cancelled(now));
    }
  }

  private static boolean isOptOut(EventBatch batch) {
    return batch.events().stream().anyMatch(OptedOut.class::isInstance);
  }

  private void queue(
      EventBatch batch, int index, OutboundMessage message, MessageKind kind, Set<ZoneId> zones) {
    Instant soonest = latest(now, cursor.lastDue().plus(rules.gap()));
    Instant anyHourUntil =
        kind == MessageKind.REPLY ? batch.createdTime().plus(rules.replyWindow()) : null;
    Instant due = rules.next(anyHourUntil, zones, soonest);
    Traffic traffic = cursor.traffic();
    LocalDate day = LocalDate.ofInstant(due, Collections.min(zones, BY_NAME));
    DeliveryState state = DeliveryState.Queued.NEW;
    if (traffic.isBlocked(now)) {
      state = new DeliveryState.Parked(0, LOOP);
    } else if (traffic.messagesOn(day) >= rules.messagesPerDay()) {
      state = new DeliveryState.Parked(0, TOO_MANY);
    } else {
      cursor = withDue(due.plus(rules.pause().extraAfter(message)), traffic.withMessage(day));
    }
    entries.add(
        new LedgerEntry(
            new OutboundId(batch.phone(), batch.version(), index),
            kind,
            message,
            zones,
            batch.createdTime(),
            due,
            batch.createdTime().plus(rules.lifetime(kind)),
            anyHourUntil,
            state,
            now,
            0));
  }

  private static MessageKind kindOf(EventBatch batch) {
    for (DialogEvent event : batch.events()) {
      if (event instanceof ReminderTriggered) {
        return MessageKind.REMINDER;
      }
      if (event instanceof DrillStarted started && !started.cause().isReply()) {
        return MessageKind.START;
      }
      if (event instanceof AdHocMessageSent said && !said.reply()) {
        return MessageKind.NOTE;
      }
    }
    return MessageKind.REPLY;
  }

  private static boolean isWrittenByLearner(DialogEvent event) {
    return switch (event) {
      case UserValidated e -> true;
      case UserValidationFailed e -> true;
      case CompletedPrompt e -> true;
      case FailedPrompt e -> true;
      case NextDrillRequested e -> true;
      case OptedOut e -> true;
      // The engine answers nothing but what a learner wrote.
      case AdHocMessageSent e -> e.reply();
      case UserUpdated e -> e.isByLearner();
      case DrillStarted e -> false;
      case ReminderTriggered e -> false;
      // These two only ever follow one of the others.
      case AdvancedToNextPrompt e -> false;
      case DrillCompleted e -> false;
    };
  }

  private static @Nullable DrillVersion drillAfter(
      EventBatch batch, @Nullable DrillVersion before) {
    DrillVersion current = before;
    for (DialogEvent event : batch.events()) {
      switch (event) {
        case DrillStarted e -> current = e.drill();
        case UserValidated e -> current = null;
        case DrillCompleted e -> current = null;
        case OptedOut e -> current = null;
        case UserUpdated e -> current = e.purgeDrillState() ? null : current;
        case AdHocMessageSent e -> {}
        case UserValidationFailed e -> {}
        case CompletedPrompt e -> {}
        case FailedPrompt e -> {}
        case AdvancedToNextPrompt e -> {}
        case NextDrillRequested e -> {}
        case ReminderTriggered e -> {}
      }
    }
    return current;
  }

  private SmsCursor advance(EventBatch batch, Traffic traffic) {
    return new SmsCursor(
        batch.phone(),
        batch.version(),
        drill == null ? null : drill.id(),
        cursor.lastDue(),
        cursor.optedOut(),
        traffic);
  }

  private SmsCursor withDue(Instant due, Traffic traffic) {
    return new SmsCursor(
        cursor.phone(), cursor.version(), cursor.drillVersion(), due, cursor.optedOut(), traffic);
  }

  private void change(Earlier change) {
    // Once the learner has opted out, nothing brings the earlier messages back.
    if (!(earlier instanceof Earlier.Cancelled)) {
      earlier = change;
    }
    entries.replaceAll(change::apply);
    cursor = withDue(now, cursor.traffic());
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
