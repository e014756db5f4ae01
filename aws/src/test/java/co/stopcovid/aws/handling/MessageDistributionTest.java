package co.stopcovid.aws.handling;

import static co.stopcovid.aws.handling.CommandWorld.ANA;
import static co.stopcovid.aws.handling.EventWorld.FIRST;
import static co.stopcovid.aws.handling.EventWorld.id;
import static co.stopcovid.aws.handling.EventWorld.intact;
import static co.stopcovid.aws.handling.EventWorld.page;
import static co.stopcovid.aws.handling.EventWorld.payloads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.aws.sqs.QueueSender.Unsent;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.running.EventPage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageDistributionTest {
  private final EventWorld world = new EventWorld();
  private final List<EventBatch> queued = new ArrayList<>();
  private Consumer<List<DeadLetter>> failureQueue = world.letters::addAll;

  @BeforeEach
  void tell() {
    world.ana.registers("Acme").starts(FIRST);
    world.ben.registers("Acme");
  }

  private EventBatch ana(int version) {
    return world.ana.batches().get(version - 1);
  }

  private MessageDistribution distribution(Unsent... unsent) {
    return new MessageDistribution(
        batches -> {
          queued.addAll(batches);
          for (Unsent each : unsent) {
            queued.remove(batches.get(each.index()));
          }
          return List.of(unsent);
        },
        new FailedBatches(DeadLetter.MESSAGES, added -> failureQueue.accept(added), world.clock));
  }

  @Test
  void allAreQueuedInTheOrderOfTheStream() {
    assertThat(distribution().handle(page(ana(1), world.ben.last(), ana(2)))).isEmpty();
    assertThat(queued).containsExactly(ana(1), world.ben.last(), ana(2));
  }

  @Test
  void fromTheFirstThatTheQueueDidNotTakeAllComeAgain() {
    var busy = new Unsent(1, "InternalError", /* isFinal= */ false);
    var behind = new Unsent(2, "InternalError", /* isFinal= */ false);
    assertThat(distribution(busy, behind).handle(page(world.ben.last(), ana(1), ana(2))))
        .contains(id(ana(1)));
    assertThat(world.letters).isEmpty();
  }

  @Test
  void behindOneThatTheQueueRefusesItsLearnersLaterOnesAreGivenUp() {
    var refused = new Unsent(0, "InvalidMessageContents", /* isFinal= */ true);
    var behind = new Unsent(2, "InvalidMessageContents", /* isFinal= */ false);
    assertThat(distribution(refused, behind).handle(page(ana(1), world.ben.last(), ana(2))))
        .isEmpty();
    assertThat(world.failed()).isEqualTo(payloads(ana(1), ana(2)));
    assertThat(queued).containsExactly(world.ben.last());
  }

  @Test
  void behindARecordThatCannotBeReadItsLearnersLaterOnesAreGivenUp() {
    var unreadable = new EventPage.Entry.Unreadable("1", ANA, "{damaged", "damaged");
    var page =
        new StreamPage(
            new EventPage(List.of(unreadable, intact(world.ben.last()), intact(ana(2)))), "9");
    assertThat(distribution().handle(page)).as("what a newer program wrote").contains("9");
    assertThat(world.failed()).containsExactly("{damaged", payloads(ana(2)).getFirst());
    assertThat(queued).containsExactly(world.ben.last());
  }

  @Test
  void nothingIsLostWhenTheFailureQueueIsOutOfReach() {
    failureQueue =
        letters -> {
          throw new StorageException("out of reach");
        };
    var refused = new Unsent(0, "InvalidMessageContents", /* isFinal= */ true);
    assertThatThrownBy(() -> distribution(refused).handle(page(ana(1))))
        .isInstanceOf(StorageException.class);
  }
}
