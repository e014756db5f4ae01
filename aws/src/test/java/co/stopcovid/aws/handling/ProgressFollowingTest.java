package co.stopcovid.aws.handling;

import static co.stopcovid.aws.handling.CommandWorld.ANA;
import static co.stopcovid.aws.handling.CommandWorld.BEN;
import static co.stopcovid.aws.handling.EventWorld.FIRST;
import static co.stopcovid.aws.handling.EventWorld.SECOND;
import static co.stopcovid.aws.handling.EventWorld.page;
import static co.stopcovid.aws.handling.EventWorld.payloads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.StartCause;
import co.stopcovid.running.EventPage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressFollowingTest {
  private static final DialogCommand START_ANA =
      new StartDrill(ANA, FIRST.slug(), StartCause.REGISTERED);
  private static final DialogCommand START_BEN =
      new StartDrill(BEN, FIRST.slug(), StartCause.REGISTERED);

  private final EventWorld world = new EventWorld();

  @Test
  void whoRegistersIsFollowedAndGetsTheFirstDrillOnce() {
    world.ana.registers("Acme");
    StreamPage page = page(world.ana.last());
    assertThat(world.following().handle(page)).isEmpty();
    assertThat(world.following().handle(page)).isEmpty();
    assertThat(world.version(ANA)).isEqualTo(1);
    assertThat(world.commands.all()).containsExactly(START_ANA);
  }

  @Test
  void aBatchThatMeetsABugIsGivenUpAloneAndWhole() {
    world.ana.registers("Acme");
    world.ben.registers("Acme");
    world.poisoned = command -> command.phone().equals(BEN);
    assertThat(world.following().handle(page(world.ben.last(), world.ana.last()))).isEmpty();
    assertThat(world.failed()).isEqualTo(payloads(world.ben.last()));
    assertThat(world.letters).extracting(DeadLetter::source).containsOnly(DeadLetter.PROGRESS);
    assertThat(world.commands.all()).containsExactly(START_ANA);
  }

  @Test
  void inAnOutageNothingIsGivenUpAndTheSamePageIsDoneOnce() {
    world.ana.registers("Acme");
    world.ben.registers("Acme");
    StreamPage page = page(world.ana.last(), world.ben.last());
    world.commands.failWith(new StorageException("out of reach"));
    assertThatThrownBy(() -> world.following().handle(page)).isInstanceOf(StorageException.class);
    world.commands.recover();
    assertThat(world.following().handle(page)).isEmpty();
    assertThat(world.commands.all()).containsExactlyInAnyOrder(START_ANA, START_BEN);
    assertThat(world.letters).isEmpty();
  }

  @Test
  void withoutContentTheStreamWaits() {
    world.ana.registers("Acme");
    world.contentFails = true;
    assertThatThrownBy(() -> world.following().handle(page(world.ana.last())))
        .hasMessage("no content");
    assertThat(world.letters).isEmpty();
  }

  @Test
  void aGapIsRefilled() {
    world.ana.registers("Acme").starts(FIRST).answers("language", "name");
    assertThat(world.following().handle(page(world.ana.last()))).isEmpty();
    assertThat(world.version(ANA)).isEqualTo(3);
    assertThat(world.commands.all()).as("it was started already").isEmpty();
  }

  @Test
  void aStartThatWasAskedForInARefilledBatchIsNotLost() {
    world.ana.registers("Acme").failsToRegister();
    StreamPage page = page(world.ana.last());
    world.commands.failWith(new StorageException("out of reach"));
    assertThatThrownBy(() -> world.following().handle(page)).isInstanceOf(StorageException.class);
    world.commands.recover();
    assertThat(world.following().handle(page)).isEmpty();
    assertThat(world.version(ANA)).isEqualTo(2);
    assertThat(world.commands.all()).containsExactly(START_ANA);
  }

  @Test
  void aHoleInAHistoryStopsItsLearnerAlone() {
    EventBatch registered = world.ana.registers("Acme").last();
    world.ana.starts(FIRST).answers("language", "name");
    world.lost = registered::equals;
    world.ben.registers("Acme");
    List<EventBatch> own = world.ana.batches().subList(1, 3);
    assertThat(world.following().handle(page(own.get(0), own.get(1), world.ben.last()))).isEmpty();
    assertThat(world.failed()).isEqualTo(payloads(own.get(0), own.get(1)));
    assertThat(world.version(ANA)).isZero();
    assertThat(world.version(BEN)).isEqualTo(1);
  }

  @Test
  void behindARecordThatCannotBeReadItsLearnersLaterOnesAreGivenUp() {
    world.ana.registers("Acme").starts(FIRST);
    world.ben.registers("Acme");
    var unreadable = new EventPage.Entry.Unreadable("7", ANA, "{damaged", "damaged");
    var page =
        new StreamPage(
            new EventPage(
                List.of(
                    unreadable,
                    EventWorld.intact(world.ana.last()),
                    EventWorld.intact(world.ben.last()))),
            "9");
    assertThat(world.following().handle(page)).as("what a newer program wrote").contains("9");
    assertThat(world.failed()).containsExactly("{damaged", payloads(world.ana.last()).getFirst());
    assertThat(world.version(BEN)).isEqualTo(1);
  }

  @Test
  void theStreamDoesNotWaitForAPublishedDrillToReachEverybody() {
    world.ben.registers("Acme");
    world.following().handle(page(world.ben.last()));
    world.publish(FIRST, SECOND);
    world.ana.registers("Acme");
    world.following().handle(page(world.ana.last()));
    assertThat(world.progress(BEN).status(SECOND.slug())).isEmpty();
    assertThat(world.progress(ANA).status(SECOND.slug())).isPresent();
    assertThat(world.store.reachedCourse()).isEmpty();
  }
}
