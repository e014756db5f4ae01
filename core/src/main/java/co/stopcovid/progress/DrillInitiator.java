package co.stopcovid.progress;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.AdHocText;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand.SendAdHocMessage;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogEvent.UserValidated;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.StartCause;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.ChosenTime.Appointment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Starts drills: at once for those who ask, and the scheduled ones when they are due. Every start
 * has an idempotency key, so that doing it again starts nothing twice.
 */
public final class DrillInitiator {
  private static final int PAGE = 500;

  /**
   * How long a scheduled drill is out of reach of others, and put off for a learner who is busy.
   */
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final ProgressStore store;
  private final DrillSchedule schedule;
  private final CommandStream commands;
  private final DrillCatalogue catalogue;
  private final LearnerHours hours;
  private final ProgressSettings settings;
  private final InstantSource clock;

  public DrillInitiator(
      ProgressStore store,
      DrillSchedule schedule,
      CommandStream commands,
      DrillCatalogue catalogue,
      LearnerHours hours,
      ProgressSettings settings,
      InstantSource clock) {
    this.store = store;
    this.schedule = schedule;
    this.commands = commands;
    this.catalogue = catalogue;
    this.hours = hours;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Starts the drills that learners asked for by these batches, which must have been applied to the
   * progress: the first one for who has just registered, the next one for who wants more. Who wants
   * more when none is left is told so. These are replies, so the hour does not matter.
   *
   * @param batches each learner's in the order of versions
   * @return how many commands were appended
   */
  public int startRequested(List<EventBatch> batches) {
    Map<PhoneNumber, EventBatch> requests = requests(batches);
    return requests.isEmpty() ? 0 : start(requests, store.find(requests.keySet()));
  }

  /**
   * Starts the drill that a learner asked for by these batches, before they are applied.
   *
   * @param after the learner's progress once they are
   */
  public int startRequested(List<EventBatch> batches, LearnerProgress after) {
    Map<PhoneNumber, EventBatch> requests = requests(batches);
    Map<PhoneNumber, LearnerProgress> learner = new HashMap<>();
    requests.keySet().forEach(phone -> learner.put(phone, after));
    return requests.isEmpty() ? 0 : start(requests, learner);
  }

  private static Map<PhoneNumber, EventBatch> requests(List<EventBatch> batches) {
    Map<PhoneNumber, EventBatch> requests = new LinkedHashMap<>();
    for (EventBatch batch : batches) {
      for (DialogEvent event : batch.events()) {
        switch (asks(event)) {
          case REQUEST -> requests.put(batch.phone(), batch);
          case ANSWER -> requests.remove(batch.phone());
          case NEITHER -> {}
        }
      }
    }
    return requests;
  }

  private int start(
      Map<PhoneNumber, EventBatch> requests, Map<PhoneNumber, LearnerProgress> learners) {
    Set<DrillSlug> published = Course.published(catalogue);
    List<NewCommand> starts = new ArrayList<>();
    requests.forEach(
        (phone, request) -> {
          LearnerProgress progress = learners.get(phone);
          if (progress != null && !ProgressRules.isAnswered(progress, request)) {
            answer(request, ProgressRules.nextDrill(progress, published)).ifPresent(starts::add);
          }
        });
    append(starts);
    return starts.size();
  }

  private static Optional<NewCommand> answer(EventBatch request, Optional<DrillSlug> next) {
    PhoneNumber phone = request.phone();
    boolean registered = request.events().stream().anyMatch(UserValidated.class::isInstance);
    if (next.isPresent()) {
      StartCause cause = registered ? StartCause.REGISTERED : StartCause.REQUESTED;
      return Optional.of(start(phone, next.get(), cause, keyOf(request)));
    }
    if (registered) {
      return Optional.empty();
    }
    var sorry = new AdHocText.Label("no_more_drills");
    return Optional.of(
        new NewCommand(new SendAdHocMessage(phone, sorry, true, null), keyOf(request)));
  }

  private enum Asks {
    REQUEST,
    ANSWER,
    NEITHER
  }

  private static Asks asks(DialogEvent event) {
    return switch (event) {
      case UserValidated e -> Asks.REQUEST;
      case DialogEvent.NextDrillRequested e -> Asks.REQUEST;
      case DialogEvent.DrillStarted e -> Asks.ANSWER;
      case DialogEvent.OptedOut e -> Asks.ANSWER;
      case DialogEvent.ReminderTriggered e -> Asks.NEITHER;
      case DialogEvent.UserValidationFailed e -> Asks.NEITHER;
      case DialogEvent.CompletedPrompt e -> Asks.NEITHER;
      case DialogEvent.FailedPrompt e -> Asks.NEITHER;
      case DialogEvent.AdvancedToNextPrompt e -> Asks.NEITHER;
      case DialogEvent.DrillCompleted e -> Asks.NEITHER;
      case DialogEvent.AdHocMessageSent e -> Asks.NEITHER;
      case DialogEvent.UserUpdated e -> Asks.NEITHER;
    };
  }

  private static String keyOf(EventBatch request) {
    return "requested/%s/%d".formatted(request.phone().value(), request.version());
  }

  /**
   * Starts the scheduled drills that are due by now. What has gone stale is dropped; who is in the
   * middle of a drill, or asleep, is left for later in the window.
   *
   * @return how many starts were appended
   */
  public int startDue() {
    int started = 0;
    List<ScheduledDrill> claimed;
    do {
      Instant now = clock.instant();
      claimed = schedule.claim(now, LEASE, PAGE);
      started += start(claimed, now);
    } while (claimed.size() == PAGE);
    return started;
  }

  private int start(List<ScheduledDrill> claimed, Instant now) {
    if (claimed.isEmpty()) {
      return 0;
    }
    Set<DrillSlug> published = Course.published(catalogue);
    Map<LearnerId, LearnerProgress> learners =
        store.load(claimed.stream().map(ScheduledDrill::learner).collect(Collectors.toSet()));
    List<NewCommand> starts = new ArrayList<>();
    List<ScheduledDrill> settled = new ArrayList<>();
    List<ScheduledDrill> putOff = new ArrayList<>();
    for (ScheduledDrill scheduled : claimed) {
      LearnerProgress progress = learners.get(scheduled.learner());
      if (progress == null || ProgressRules.isStale(scheduled, progress, published, now)) {
        settled.add(scheduled);
        continue;
      }
      PhoneNumber phone = progress.reachableAt().orElseThrow();
      switch (turn(scheduled, progress, phone, now)) {
        case Turn.Never never -> settled.add(scheduled);
        case Turn.Later later -> putOff.add(later.drill());
        case Turn.Soon soon -> {}
        case Turn.Now start -> {
          starts.add(
              start(phone, scheduled.drill(), StartCause.SCHEDULED, scheduled.idempotencyKey()));
          settled.add(scheduled);
        }
      }
    }
    append(starts);
    if (!putOff.isEmpty()) {
      schedule.putOff(putOff);
    }
    if (!settled.isEmpty()) {
      schedule.settle(settled);
    }
    return starts.size();
  }

  /** When a scheduled drill that is due and not stale begins. */
  private sealed interface Turn {
    record Now() implements Turn {}

    /** The learner is busy or asleep; it comes back when the lease is over. */
    record Soon() implements Turn {}

    /** The learner chose another time of the same day since it was scheduled. */
    record Later(ScheduledDrill drill) implements Turn {}

    record Never() implements Turn {}
  }

  /** What the learner is and wants now counts, not what was known when it was scheduled. */
  private Turn turn(
      ScheduledDrill scheduled, LearnerProgress progress, PhoneNumber phone, Instant now) {
    Set<ZoneId> zones = hours.zones(Whereabouts.of(phone, progress.profile()), now);
    ChosenTime chosen = ChosenTime.of(progress.profile());
    if (!progress.unasked().allowAnother(now, zones) || !chosen.isOn(now, zones)) {
      return new Turn.Never();
    }
    Appointment next = chosen.next(now, hours, zones, settings.startWindow()).orElse(null);
    if (next != null && next.due().isAfter(now)) {
      return next.day().equals(LocalDate.ofInstant(now, LearnerHours.first(zones)))
          ? new Turn.Later(scheduled.at(next))
          : new Turn.Never();
    }
    boolean busy = ProgressRules.isInMiddleOfDrill(progress, now.minus(settings.busyFor()));
    return busy || !hours.allows(zones, now) ? new Turn.Soon() : new Turn.Now();
  }

  private static NewCommand start(
      PhoneNumber phone, DrillSlug drill, StartCause cause, String key) {
    return new NewCommand(new StartDrill(phone, drill, cause), key);
  }

  private void append(List<NewCommand> starts) {
    for (int from = 0; from < starts.size(); from += PAGE) {
      commands.append(starts.subList(from, Math.min(from + PAGE, starts.size())));
    }
  }
}
