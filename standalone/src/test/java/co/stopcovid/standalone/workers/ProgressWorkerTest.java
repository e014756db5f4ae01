package co.stopcovid.standalone.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.json.UnknownEventTypeException;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.FencedOffException;
import co.stopcovid.adapters.postgres.Lease;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.StartCause;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.DrillStatus;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.testkit.LearnerStory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressWorkerTest {
  private final ProgressFixture world = new ProgressFixture();
  private final ProgressWorker worker = world.worker();
  private final LearnerStory ana = LearnerStory.ofSomeone();
  private final LearnerStory ben = LearnerStory.ofSomeone();

  @AfterEach
  void close() {
    world.close();
  }

  private void workAll() {
    ProgressFixture.workAll(worker);
  }

  private static StartDrill first(LearnerStory story) {
    return new StartDrill(story.phone(), new DrillSlug("01-first"), StartCause.REGISTERED);
  }

  private static StartDrill asked(LearnerStory story, String drill) {
    return new StartDrill(story.phone(), new DrillSlug(drill), StartCause.REQUESTED);
  }

  @Test
  void whoRegistersGetsTheFirstDrillAndWhoWantsMoreTheNext() {
    world.tell(ana.registers("Acme"));
    workAll();
    assertThat(world.commands()).containsExactly(first(ana));

    world.tell(
        ana.after(Duration.ofSeconds(1))
            .starts(ProgressFixture.FIRST)
            .after(Duration.ofMinutes(1))
            .wantsMore());
    workAll();

    assertThat(world.commands()).containsExactly(first(ana), asked(ana, "02-second"));
    assertThat(world.version(ana)).isEqualTo(3);
    assertThat(worker.lag()).isZero();
  }

  @Test
  void aWorkerThatComesLaterGoesOnWhereTheOtherWas() {
    world.tell(ana.registers("Acme"));
    workAll();
    long reached = world.checkpoint();
    world.tell(ana.after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));

    ProgressWorker later = world.worker();
    assertThat(later.lag()).isEqualTo(1);
    assertThat(later.work()).isEqualTo(1);
    assertThat(later.work()).isZero();

    assertThat(reached).isPositive();
    assertThat(world.checkpoint()).isEqualTo(reached + 1);
    assertThat(world.version(ana)).isEqualTo(2);
  }

  @Test
  void whoFallsBehindCatchesUpInBoundedSteps() {
    List<LearnerStory> stories =
        Stream.generate(LearnerStory::ofSomeone).limit(400).map(s -> s.registers("Acme")).toList();
    stories.forEach(world::tell);
    stories.forEach(s -> world.tell(s.after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST)));
    stories.forEach(s -> world.tell(s.after(Duration.ofSeconds(1)).answers("language", "name")));
    assertThat(worker.lag()).isEqualTo(1_200);

    List<Integer> steps = new ArrayList<>();
    for (int taken = worker.work(); taken > 0; taken = worker.work()) {
      steps.add(taken);
    }

    assertThat(steps).containsExactly(500, 500, 200);
    assertThat(worker.lag()).isZero();
    assertThat(stories).allSatisfy(story -> assertThat(world.version(story)).isEqualTo(3));
  }

  @Test
  void aCrashBetweenTheStartsAndTheCommitStartsNothingTwiceAndForgetsNothing() {
    world.tell(ana.registers("Acme"), ben.registers("Acme"));
    CommandStream crashing =
        new CommandStream() {
          @Override
          public List<SequenceNumber> append(List<NewCommand> commands) {
            world.log.append(commands);
            throw new StorageException("planted");
          }
        };
    var doomed = new ProgressWorker(world.side(Fence.NONE, crashing));
    assertThatThrownBy(doomed::work).hasMessage("planted");
    assertThat(world.checkpoint()).isZero();
    assertThat(world.commands()).hasSize(2);

    workAll();

    assertThat(world.commands()).containsExactlyInAnyOrder(first(ana), first(ben));
    assertThat(world.version(ana)).isEqualTo(1);
    assertThat(worker.lag()).isZero();
  }

  @Test
  void aLearnerWithAHoleStopsNobodyAndIsNotLost() {
    world.tell(ana.registers("Acme"), ben.registers("Acme"));
    workAll();
    world.tell(ana.after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));
    String lost = world.lose(ana.phone(), 2);
    world.tell(ana.after(Duration.ofMinutes(1)).wantsMore());
    world.tell(ben.after(Duration.ofMinutes(1)).starts(ProgressFixture.FIRST));

    workAll();

    assertThat(world.version(ben)).isEqualTo(2);
    assertThat(world.version(ana)).isEqualTo(1);
    assertThat(worker.lag()).isZero();
    assertThat(world.letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.source()).isEqualTo(DeadLetter.PROGRESS);
              assertThat(letter.reason()).isEqualTo("event batch version 2 is missing");
              assertThat(letter.payload()).isEqualTo(ana.phone().value());
              assertThat(letter.toString()).doesNotContain(ana.phone().value());
            });
    StuckLearners stuck = world.side(Fence.NONE).stuck();
    assertThat(stuck.retry()).isZero();
    assertThat(world.letters()).hasSize(1);

    world.execute(lost);
    assertThat(stuck.retry()).isEqualTo(1);

    assertThat(world.version(ana)).isEqualTo(3);
    assertThat(world.letters()).isEmpty();
    assertThat(world.commands()).contains(asked(ana, "02-second"));
  }

  @Test
  void aBatchThatCannotBeReadStopsNobodyAndIsNotLost() {
    world.tell(ana.registers("Acme").after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));
    String kept = world.forget(ProgressFixture.FIRST);
    world.tell(ben.registers("Acme"));
    ProgressWorker later = world.worker();
    ProgressFixture.workAll(later);
    world.tell(ana.after(Duration.ofMinutes(1)).wantsMore());
    world.tell(ben.after(Duration.ofMinutes(1)).starts(ProgressFixture.SECOND));

    ProgressFixture.workAll(later);

    assertThat(world.version(ben)).isEqualTo(2);
    assertThat(world.version(ana)).isEqualTo(1);
    assertThat(worker.lag()).isZero();
    assertThat(world.letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.source()).isEqualTo(DeadLetter.PROGRESS);
              assertThat(letter.payload()).isEqualTo(ana.phone().value());
              assertThat(letter.reason()).contains("01-first is not stored");
            });
    assertThat(world.side(Fence.NONE).stuck().retry()).isZero();

    world.execute(kept);
    assertThat(world.side(Fence.NONE).stuck().retry()).isEqualTo(1);
    assertThat(world.version(ana)).isEqualTo(3);
    assertThat(world.letters()).isEmpty();
  }

  @Test
  void dataThatTheDatabaseRefusesStopsNobody() {
    world.execute(
        "alter table phone_numbers add check (phone <> '%s')".formatted(ana.phone().value()));
    world.tell(ana.registers("Acme"), ben.registers("Acme"));

    workAll();

    assertThat(world.version(ben)).isEqualTo(1);
    assertThat(worker.lag()).isZero();
    assertThat(world.letters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.payload()).isEqualTo(ana.phone().value()));
  }

  @Test
  void aRowThatCannotBeReadStopsItsLearnerAloneUntilItIsMended() {
    world.tell(ana.registers("Acme").after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));
    world.tell(ben.registers("Acme").after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));
    workAll();
    String damage =
        "update drill_instances set drill_slug = '%s' where phone = '%s'"
            .formatted("%s", ana.phone().value());
    world.execute(damage.formatted(""));
    world.tell(ana.after(Duration.ofMinutes(1)).completes());
    world.tell(ben.after(Duration.ofMinutes(1)).completes());

    ProgressFixture.workAll(world.worker());

    assertThat(world.version(ben)).isEqualTo(ben.batches().size());
    assertThat(world.letters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.payload()).isEqualTo(ana.phone().value()));
    assertThat(world.side(Fence.NONE).stuck().retry()).isZero();

    world.execute(damage.formatted("01-first"));
    assertThat(world.side(Fence.NONE).stuck().retry()).isEqualTo(1);
    assertThat(world.version(ana)).isEqualTo(ana.batches().size());
    assertThat(world.letters()).isEmpty();
  }

  @Test
  void aHoleThatIsFilledIsPassedByTheNextBatchToo() {
    world.tell(ana.registers("Acme").after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));
    String lost = world.lose(ana.phone(), 1);
    workAll();
    world.execute(lost);

    world.tell(ana.after(Duration.ofMinutes(1)).wantsMore());
    workAll();

    assertThat(world.version(ana)).isEqualTo(3);
    assertThat(world.side(Fence.NONE).stuck().retry()).isEqualTo(1);
    assertThat(world.letters()).isEmpty();
  }

  @Test
  void anEventOfANewerProgramStopsTheWorkerUntilItCanBeRead() {
    world.tell(ana.registers("Acme"));
    workAll();
    long reached = world.checkpoint();
    world.tell(ana.after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));
    world.execute("update event_batches set payload = replace(payload, 'STARTED', 'NEWER')");
    world.tell(ben.registers("Acme"));

    assertThatThrownBy(worker::work).isInstanceOf(UnknownEventTypeException.class);
    assertThatThrownBy(worker::work).isInstanceOf(UnknownEventTypeException.class);

    assertThat(world.checkpoint()).isEqualTo(reached);
    assertThat(worker.lag()).isEqualTo(2);
    world.execute("update event_batches set payload = replace(payload, 'NEWER', 'STARTED')");
    workAll();
    assertThat(world.version(ana)).isEqualTo(2);
    assertThat(world.version(ben)).isEqualTo(1);
  }

  @Test
  void aNewDrillReachesThoseWhoAreThere() {
    world.tell(ana.registers("Acme"));
    workAll();
    assertThat(drills(world.progress(ana))).containsExactly("01-first", "02-second");

    world.publish(ProgressFixture.FIRST, ProgressFixture.SECOND, ProgressFixture.THIRD);
    workAll();

    assertThat(drills(world.progress(ana))).containsExactly("01-first", "02-second", "03-third");
  }

  @Test
  void aDrillThatWasPublishedWhileNobodyWorkedReachesThemAtTheStart() {
    world.tell(ana.registers("Acme"));
    workAll();
    world.publish(ProgressFixture.FIRST, ProgressFixture.THIRD);

    assertThat(world.worker().work()).isZero();

    assertThat(drills(world.progress(ana))).contains("01-first", "02-second", "03-third");
  }

  private static List<String> drills(LearnerProgress progress) {
    return progress.statuses().stream().map(DrillStatus::drill).map(slug -> slug.value()).toList();
  }

  @Test
  void whoWasTakenOverFromWritesNothing() {
    Lease old = Lease.take(world.database, "work", "old", Duration.ZERO).orElseThrow();
    var stale = new ProgressWorker(world.side(old));
    world.tell(ana.registers("Acme"));
    assertThat(Lease.take(world.database, "work", "new", Duration.ofMinutes(1))).isPresent();

    assertThatThrownBy(stale::work).isInstanceOf(FencedOffException.class);

    assertThat(world.checkpoint()).isZero();
    assertThat(world.execute("update reached_course set drills = '' where drills <> ''")).isZero();
    assertThat(world.execute("delete from users")).isZero();
  }
}
