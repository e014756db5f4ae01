package co.stopcovid.progress;

import co.stopcovid.adapters.inmemory.InMemoryCommandStream;
import co.stopcovid.adapters.inmemory.InMemoryDrillSchedule;
import co.stopcovid.adapters.inmemory.InMemoryProgressStore;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.QuietHours;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All use cases of progress on adapters in memory. Time stands still unless it is moved. */
final class ProgressWorld {
  static final DrillVersion FIRST = Samples.drill("01-first");
  static final DrillVersion SECOND = Samples.drill("02-second");
  static final DrillVersion THIRD = Samples.drill("03-third");
  static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  final InMemoryProgressStore store = new InMemoryProgressStore();
  final InMemoryDrillSchedule schedule = new InMemoryDrillSchedule();
  final InMemoryCommandStream commands = new InMemoryCommandStream();
  private final Map<PhoneNumber, Set<ZoneId>> zones = new HashMap<>();
  private DrillCatalogue catalogue = publishing(FIRST, SECOND, THIRD);
  private Instant now;
  private int read;

  ProgressWorld(String now) {
    this.now = Instant.parse(now);
  }

  static DrillCatalogue publishing(DrillVersion... drills) {
    return new PublishedDrills(
        List.of(drills), new EngineTexts(FIRST.translations(), Samples.TABLES));
  }

  void publish(DrillVersion... drills) {
    catalogue = publishing(drills);
  }

  Instant now() {
    return now;
  }

  ProgressWorld at(String time) {
    now = Instant.parse(time);
    return this;
  }

  ProgressWorld pass(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  void isIn(LearnerStory story, String... names) {
    zones.put(story.phone(), Set.of(Arrays.stream(names).map(ZoneId::of).toArray(ZoneId[]::new)));
  }

  /** Applies all that happened. */
  void tell(LearnerStory... stories) {
    for (LearnerStory story : stories) {
      updater(story).handle(story.batches());
    }
  }

  ProgressUpdater updater(LearnerStory story) {
    return new ProgressUpdater(
        store,
        (phone, version, limit) ->
            story.batches().stream()
                .filter(batch -> batch.version() > version)
                .limit(limit)
                .toList(),
        catalogue);
  }

  LearnerHours hours() {
    return new LearnerHours(
        QuietHours.DEFAULT, phone -> zones.getOrDefault(phone, Set.of()), NEW_YORK);
  }

  int scheduleNextDrills() {
    return new NextDrillScheduler(
            store, schedule, catalogue, hours(), ProgressSettings.DEFAULT, () -> now)
        .run();
  }

  int scheduleChosen() {
    return new ChosenSessions(
            store, store, schedule, catalogue, hours(), ProgressSettings.DEFAULT, () -> now)
        .run();
  }

  DrillInitiator initiator() {
    return new DrillInitiator(
        store, schedule, commands, catalogue, hours(), ProgressSettings.DEFAULT, () -> now);
  }

  int startDue() {
    return initiator().startDue();
  }

  int startRequested(List<EventBatch> batches) {
    return initiator().startRequested(batches);
  }

  int remind() {
    return new ReminderSender(store, commands, hours(), ProgressSettings.DEFAULT, () -> now).run();
  }

  /** The commands that were not asked for before. */
  List<DialogCommand> newCommands() {
    List<DialogCommand> all = commands.after(read).stream().map(SequencedCommand::command).toList();
    read += all.size();
    return all;
  }

  /** When the scheduled drills are due, without claiming them for good. */
  List<ScheduledDrill> scheduled() {
    return schedule.claim(Instant.MAX.minus(Duration.ofDays(1)), Duration.ZERO, 10_000);
  }
}
