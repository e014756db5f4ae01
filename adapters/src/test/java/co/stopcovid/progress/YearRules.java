package co.stopcovid.progress;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogEvent.AdHocMessageSent;
import co.stopcovid.dialog.DialogEvent.CompletedPrompt;
import co.stopcovid.dialog.DialogEvent.DrillStarted;
import co.stopcovid.dialog.DialogEvent.FailedPrompt;
import co.stopcovid.dialog.DialogEvent.NextDrillRequested;
import co.stopcovid.dialog.DialogEvent.OptedOut;
import co.stopcovid.dialog.DialogEvent.ReminderTriggered;
import co.stopcovid.dialog.DialogEvent.UserValidated;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.StartCause;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a learner's events must never show, said once more and otherwise than in the program. */
final class YearRules {
  private static final LocalTime OPENS = LocalTime.of(8, 0);
  private static final LocalTime CLOSES = LocalTime.of(21, 0);

  private final String who;
  private final ZoneId zone;
  private final Set<String> reminded = new HashSet<>();
  private @Nullable LocalDate lastSession;
  private int sessions;
  private int inARow;
  private int reminders;
  private boolean optedOut;

  YearRules(String who, ZoneId zone) {
    this.who = who;
    this.zone = zone;
  }

  /** How much of it there was. */
  record Figures(int sessions, int reminders, boolean optedOut) {}

  Figures check(List<EventBatch> batches) {
    for (EventBatch batch : batches) {
      for (DialogEvent event : batch.events()) {
        check(event);
      }
      optedOut = batch.profile().optedOut();
    }
    return new Figures(sessions, reminders, optedOut);
  }

  private void check(DialogEvent event) {
    switch (event) {
      case DrillStarted e when e.cause() == StartCause.SCHEDULED -> session(e.createdTime());
      case ReminderTriggered e -> reminder(e);
      case CompletedPrompt e -> inARow = 0;
      case FailedPrompt e -> inARow = 0;
      case NextDrillRequested e -> inARow = 0;
      case UserValidated e -> inARow = 0;
      case OptedOut e -> inARow = 0;
      case AdHocMessageSent e when e.reply() -> inARow = 0;
      default -> {}
    }
  }

  private void session(Instant time) {
    String which = "%s, session at %s".formatted(who, time.atZone(zone));
    LocalDate day = LocalDate.ofInstant(time, zone);
    assertThat(optedOut).as("%s, after an opt-out", which).isFalse();
    assertInHours(which, time);
    long days = lastSession == null ? 365 : ChronoUnit.DAYS.between(lastSession, day);
    assertThat(days).as("%s, days since the last", which).isPositive();
    if (inARow >= 2) {
      assertThat(inARow).as("%s, unanswered before it", which).isLessThan(6);
      assertThat(days).as("%s, days since the last of who is silent", which).isGreaterThan(6);
    }
    lastSession = day;
    sessions++;
    inARow++;
  }

  private void reminder(ReminderTriggered event) {
    String which = "%s, reminder at %s".formatted(who, event.createdTime().atZone(zone));
    assertThat(optedOut).as("%s, after an opt-out", which).isFalse();
    assertThat(inARow).as("%s, of who is silent", which).isLessThan(2);
    assertThat(reminded.add(event.drillInstanceId() + "/" + event.prompt() + "/" + event.step()))
        .as("%s, the first of its step", which)
        .isTrue();
    assertInHours(which, event.createdTime());
    reminders++;
  }

  private void assertInHours(String which, Instant time) {
    LocalTime local = time.atZone(zone).toLocalTime();
    assertThat(local).as(which).isAfterOrEqualTo(OPENS).isBefore(CLOSES);
  }
}
