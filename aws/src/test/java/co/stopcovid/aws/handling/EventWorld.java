package co.stopcovid.aws.handling;

import co.stopcovid.adapters.inmemory.InMemoryDrillSchedule;
import co.stopcovid.adapters.inmemory.InMemoryProgressStore;
import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.QuietHours;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.progress.DrillInitiator;
import co.stopcovid.progress.LearnerHours;
import co.stopcovid.progress.LearnerPhone;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressSettings;
import co.stopcovid.progress.ProgressUpdater;
import co.stopcovid.running.EventFollower;
import co.stopcovid.running.EventPage;
import co.stopcovid.running.ProgressFollowing;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.RecordedCommands;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What follows the dialogs, on doubles that fail when told to. */
final class EventWorld {
  static final DrillVersion FIRST = Samples.drill("01-first");
  static final DrillVersion SECOND = Samples.drill("02-second");

  final TestClock clock = new TestClock(Samples.NOON);
  final InMemoryProgressStore store = new InMemoryProgressStore();
  final RecordedCommands commands = new RecordedCommands();
  final List<DeadLetter> letters = new ArrayList<>();
  final LearnerStory ana = new LearnerStory(CommandWorld.ANA);
  final LearnerStory ben = new LearnerStory(CommandWorld.BEN);
  int historyReads;
  boolean contentFails;
  @Nullable RuntimeException historyFailure;
  Predicate<EventBatch> lost = batch -> false;
  Predicate<DialogCommand> poisoned = command -> false;
  private PublishedDrills drills = published(FIRST);

  static PublishedDrills published(DrillVersion... drills) {
    return new PublishedDrills(
        List.of(drills), new EngineTexts(FIRST.translations(), Samples.TABLES));
  }

  void publish(DrillVersion... versions) {
    drills = published(versions);
  }

  DrillCatalogue catalogue() {
    return new DrillCatalogue() {
      private PublishedDrills content() {
        if (contentFails) {
          throw new ContentException("no content");
        }
        return drills;
      }

      @Override
      public Optional<DrillVersion> find(DrillSlug slug) {
        return content().find(slug);
      }

      @Override
      public List<DrillVersion> all() {
        return content().all();
      }

      @Override
      public EngineTexts texts() {
        return content().texts();
      }
    };
  }

  EventHistory history() {
    return (phone, version, limit) -> {
      historyReads++;
      if (historyFailure != null) {
        throw historyFailure;
      }
      return List.of(ana, ben).stream()
          .filter(story -> story.phone().equals(phone))
          .flatMap(story -> story.batches().stream())
          .filter(batch -> batch.version() > version && !lost.test(batch))
          .limit(limit)
          .toList();
    };
  }

  private CommandStream stream() {
    return added -> {
      if (added.stream().anyMatch(command -> poisoned.test(command.command()))) {
        throw new IllegalArgumentException("a bug that this learner meets");
      }
      return commands.append(added);
    };
  }

  ProgressUpdater updater() {
    return new ProgressUpdater(store, history(), catalogue());
  }

  ProgressHandling following() {
    var initiator =
        new DrillInitiator(
            store,
            new InMemoryDrillSchedule(),
            stream(),
            catalogue(),
            new LearnerHours(QuietHours.DEFAULT, phone -> Set.of(), ZoneId.of("America/New_York")),
            ProgressSettings.DEFAULT,
            clock);
    return new ProgressHandling(
        new EventFollower(
            new ProgressFollowing(updater(), initiator),
            new FailedBatches(DeadLetter.PROGRESS, letters::addAll, clock)));
  }

  LearnerProgress progress(PhoneNumber phone) {
    return Objects.requireNonNull(store.find(Set.of(phone)).get(phone));
  }

  /** How far the progress of a number has come; 0 when nothing is known of it. */
  long version(PhoneNumber phone) {
    LearnerProgress progress = store.find(Set.of(phone)).get(phone);
    return progress == null ? 0 : progress.phone(phone).map(LearnerPhone::version).orElse(0L);
  }

  static EventPage.Entry intact(EventBatch batch) {
    return new EventPage.Entry.Intact(id(batch), batch);
  }

  static String id(EventBatch batch) {
    return batch.phone().value() + "/" + batch.version();
  }

  static StreamPage page(EventBatch... batches) {
    return new StreamPage(
        new EventPage(List.of(batches).stream().map(EventWorld::intact).toList()), null);
  }

  static QueuedRecord record(EventBatch batch) {
    return new QueuedRecord(id(batch), EventBatchCodec.encode(batch));
  }

  List<String> failed() {
    return letters.stream().map(DeadLetter::payload).toList();
  }

  static List<String> payloads(EventBatch... batches) {
    return List.of(batches).stream().map(EventBatchCodec::encode).toList();
  }
}
