package co.stopcovid.progress;

import co.stopcovid.adapters.inmemory.InMemoryCommandStream;
import co.stopcovid.adapters.inmemory.InMemoryDialogStore;
import co.stopcovid.adapters.inmemory.InMemoryDrillSchedule;
import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.adapters.inmemory.InMemoryProgressStore;
import co.stopcovid.adapters.inmemory.InMemoryRegistrationCodes;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.QuietHours;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.ProfileChanges;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Keywords;
import co.stopcovid.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Learners with habits, the dialog engine and everything of progress that runs by the clock, in
 * memory and in steps of ten minutes. Follows from the seed.
 */
final class SimulatedYear {
  private static final Duration STEP = Duration.ofMinutes(10);
  private static final Duration DAY = Duration.ofDays(1);
  private static final LocalTime DAILY = LocalTime.of(17, 5);
  private static final int LEARNERS = 7;
  private static final int DRILLS = 250;
  private static final List<String> ZONES =
      List.of(
          "America/New_York",
          "America/Los_Angeles",
          "Pacific/Honolulu",
          "Europe/Paris",
          "Africa/Johannesburg",
          "Asia/Kolkata",
          "Asia/Tokyo",
          "Pacific/Auckland",
          "America/St_Johns");

  /** What a learner does, in a time zone. */
  record Habit(Kind kind, ZoneId zone) {
    enum Kind {
      ANSWERS,
      CHOSE_A_TIME,
      NEVER_ANSWERS,
      STALLS,
      LEAVES,
      COMES_BACK,
      CHANGES_ITS_MIND
    }
  }

  private final Random random;
  private final Map<PhoneNumber, Habit> learners = new LinkedHashMap<>();
  private final TreeMap<Instant, List<Runnable>> plans = new TreeMap<>();
  private final Map<PhoneNumber, Long> heard = new HashMap<>();
  private final InMemoryDialogStore dialogs = new InMemoryDialogStore();
  private final InMemoryCommandStream commands = new InMemoryCommandStream();
  private final InMemoryProgressStore progress = new InMemoryProgressStore();
  private final DialogEngine engine;
  private final ProgressUpdater updater;
  private final DrillInitiator initiator;
  private final NextDrillScheduler scheduler;
  private final ChosenSessions chosen;
  private final ReminderSender reminders;
  private final ProgressRebuild rebuild;
  private Instant now = Instant.parse("2026-11-22T00:05:00Z");
  private int read;

  SimulatedYear(long seed) {
    random = new Random(seed);
    var catalogue =
        ProgressWorld.publishing(
            IntStream.range(0, DRILLS)
                .mapToObj(i -> Samples.drill("drill-%03d".formatted(i)))
                .toArray(DrillVersion[]::new));
    var codes =
        new InMemoryRegistrationCodes(
            Map.of(
                new RegistrationCode("acme"),
                new CodeVerdict.Valid(false, AccountInfo.of(Map.of("company", "Acme")))));
    engine =
        new DialogEngine(
            dialogs,
            new InMemoryDrillVersions(),
            catalogue,
            codes,
            new Keywords(Samples.TABLES),
            () -> now);
    var hours =
        new LearnerHours(
            QuietHours.DEFAULT,
            phone -> Set.of(Objects.requireNonNull(learners.get(phone)).zone()),
            ZoneOffset.UTC);
    var schedule = new InMemoryDrillSchedule();
    ProgressSettings settings = ProgressSettings.DEFAULT;
    updater = new ProgressUpdater(progress, dialogs, catalogue);
    initiator =
        new DrillInitiator(progress, schedule, commands, catalogue, hours, settings, () -> now);
    scheduler = new NextDrillScheduler(progress, schedule, catalogue, hours, settings, () -> now);
    chosen =
        new ChosenSessions(progress, progress, schedule, catalogue, hours, settings, () -> now);
    reminders = new ReminderSender(progress, commands, hours, settings, () -> now);
    rebuild = new ProgressRebuild(dialogs, dialogs, progress, catalogue, 1_000);
    for (int i = 0; i < LEARNERS; i++) {
      add(new PhoneNumber("+1202555%04d".formatted(i)), i);
    }
  }

  private void add(PhoneNumber phone, int place) {
    Habit.Kind kind = Habit.Kind.values()[place % Habit.Kind.values().length];
    learners.put(phone, new Habit(kind, ZoneId.of(ZONES.get(random.nextInt(ZONES.size())))));
    Instant begin = now.plus(minutes(3 * 24 * 60));
    plan(begin, () -> writes(phone, "acme"));
    switch (kind) {
      case CHOSE_A_TIME -> plan(begin.plus(DAY), () -> chooses(phone, "mon,wed,fri", "09:30"));
      case LEAVES -> plan(begin.plus(minutes(90 * 24 * 60)), () -> writes(phone, "stop"));
      case COMES_BACK -> {
        for (int weeks = 12; weeks < 52; weeks += 12) {
          plan(begin.plus(DAY.multipliedBy(7L * weeks)), () -> writes(phone, "more"));
        }
      }
      case CHANGES_ITS_MIND -> {
        for (int day = 1; day < 365; day += 1 + random.nextInt(20)) {
          plan(begin.plus(DAY.multipliedBy(day)).plus(minutes(24 * 60)), () -> choosesAny(phone));
        }
      }
      case ANSWERS, NEVER_ANSWERS, STALLS -> {}
    }
  }

  Map<PhoneNumber, Habit> learners() {
    return learners;
  }

  InMemoryDialogStore dialogs() {
    return dialogs;
  }

  ProgressRebuild.Result rebuild() {
    return rebuild.run();
  }

  private Duration minutes(int most) {
    return Duration.ofMinutes(random.nextInt(most));
  }

  private void plan(Instant time, Runnable what) {
    plans.computeIfAbsent(time, first -> new ArrayList<>()).add(what);
  }

  private void writes(PhoneNumber phone, String body) {
    append(new DialogCommand.ReceiveSms(phone, body));
  }

  private void append(DialogCommand command) {
    commands.append(List.of(new NewCommand(command, null)));
  }

  private void choosesAny(PhoneNumber phone) {
    switch (random.nextInt(4)) {
      case 0 -> chooses(phone, "", "");
      case 1 -> chooses(phone, "tue,thu,sat", "");
      default -> chooses(phone, "", "%02d:15".formatted(random.nextInt(24)));
    }
  }

  private void chooses(PhoneNumber phone, String days, String time) {
    append(
        new DialogCommand.UpdateUser(
            phone,
            ProfileChanges.of(
                Map.of(
                    "schedule_days", Optional.of(days).filter(text -> !text.isEmpty()),
                    "schedule_time", Optional.of(time).filter(text -> !text.isEmpty()))),
            false,
            "maria"));
  }

  void run(Duration length) {
    Instant end = now.plus(length);
    while (now.isBefore(end)) {
      now = now.plus(STEP);
      while (!plans.isEmpty() && !plans.firstKey().isAfter(now)) {
        plans.pollFirstEntry().getValue().forEach(Runnable::run);
      }
      settle();
      if (now.atOffset(ZoneOffset.UTC).toLocalTime().equals(DAILY)) {
        scheduler.run();
      }
      chosen.run();
      initiator.startDue();
      reminders.run();
      settle();
    }
  }

  /** Has commands processed, and what follows from them, until there are none. */
  private void settle() {
    List<SequencedCommand> open = commands.after(read);
    while (!open.isEmpty()) {
      read += open.size();
      engine.handle(open);
      List<EventBatch> batches = new ArrayList<>();
      open.stream()
          .map(SequencedCommand::phone)
          .distinct()
          .forEach(
              phone -> {
                List<EventBatch> own = dialogs.after(phone, heard.getOrDefault(phone, 0L), 100);
                own.forEach(batch -> heard.put(phone, batch.version()));
                batches.addAll(own);
              });
      updater.handle(batches);
      initiator.startRequested(batches);
      batches.stream().map(EventBatch::phone).distinct().forEach(this::react);
      open = commands.after(read);
    }
  }

  /** Where a prompt waits, the learner may answer after a while. */
  private void react(PhoneNumber phone) {
    DialogState state = Objects.requireNonNull(dialogs.load(Set.of(phone)).get(phone));
    var current = state.current();
    if (current == null || current.prompt() == null) {
      return;
    }
    long version = state.version();
    int chance =
        switch (Objects.requireNonNull(learners.get(phone)).kind()) {
          case ANSWERS, CHOSE_A_TIME, CHANGES_ITS_MIND -> 97;
          case STALLS, LEAVES -> 60;
          case NEVER_ANSWERS, COMES_BACK -> 0;
        };
    if (random.nextInt(100) < chance) {
      plan(now.plus(minutes(60)), () -> answers(phone, version));
    }
  }

  private void answers(PhoneNumber phone, long version) {
    DialogState state = Objects.requireNonNull(dialogs.load(Set.of(phone)).get(phone));
    if (state.version() == version) {
      writes(phone, random.nextInt(4) == 0 ? "elbows" : "b) Between the fingers");
    }
  }
}
