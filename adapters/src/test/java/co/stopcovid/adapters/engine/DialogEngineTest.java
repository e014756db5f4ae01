package co.stopcovid.adapters.engine;

import static co.stopcovid.adapters.engine.EngineWorld.ANA;
import static co.stopcovid.adapters.engine.EngineWorld.BEN;
import static co.stopcovid.adapters.engine.EngineWorld.DRILL;
import static co.stopcovid.adapters.engine.EngineWorld.EVA;
import static co.stopcovid.adapters.engine.EngineWorld.sms;
import static co.stopcovid.adapters.engine.EngineWorld.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.common.DerivedId;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.Decision.NoEvents;
import co.stopcovid.dialog.Dialog;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.testkit.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@code DialogEngine} makes of batches of commands, disturbed and not. */
class DialogEngineTest {
  private final EngineWorld world = new EngineWorld();

  @Test
  void anEmptyBatchComesToNothing() {
    assertThat(world.handle()).isEmpty();
  }

  @Test
  void outcomesComeInTheOrderOfTheCommands() {
    List<Outcome> outcomes =
        world.handle(
            sms(1, ANA, "acme"),
            sms(2, BEN, "wrong"),
            start(3, ANA, "01-sample"),
            sms(4, EVA, "help"),
            start(5, BEN, "01-sample"),
            start(6, ANA, "99-nowhere"),
            sms(7, ANA, "en"));

    assertThat(outcomes).hasSize(7);
    assertCommitted(outcomes.get(0), DialogEvent.UserValidated.class);
    assertCommitted(outcomes.get(1), DialogEvent.UserValidationFailed.class);
    assertCommitted(outcomes.get(2), DialogEvent.DrillStarted.class);
    assertThat(outcomes.get(3)).isEqualTo(new Outcome.Nothing(NoEvents.HELP_ANSWERED_BY_PROVIDER));
    assertThat(outcomes.get(4)).isEqualTo(new Outcome.Nothing(NoEvents.NOT_VALIDATED));
    assertThat(outcomes.get(5))
        .isEqualTo(new Outcome.Rejected("there is no drill with the slug 99-nowhere"));
    assertCommitted(
        outcomes.get(6), DialogEvent.CompletedPrompt.class, DialogEvent.AdvancedToNextPrompt.class);
  }

  @Test
  void aLearnersCommandsAreDecidedInOrderEachOnTheStateBefore() {
    List<Outcome> outcomes =
        world.handle(
            sms(1, ANA, "acme"), start(2, ANA, "01-sample"), sms(3, ANA, "es"), sms(4, ANA, "Ana"));

    DialogState state = DialogState.initial(ANA);
    long version = 0;
    for (Outcome outcome : outcomes) {
      var committed = (Outcome.Committed) outcome;
      assertThat(committed.before()).isEqualTo(state);
      assertThat(committed.batch().version()).isEqualTo(++version);
      state = Dialog.evolve(state, committed.batch());
      assertThat(committed.batch().profile()).isEqualTo(state.profile());
    }
    assertThat(world.state(ANA)).isEqualTo(state);
    assertThat(world.batches(ANA)).extracting(EventBatch::version).containsExactly(1L, 2L, 3L, 4L);
    assertThat(state.profile().name()).isEqualTo("Ana");
    assertThat(waiting(state)).isEqualTo(new PromptSlug("soap"));
  }

  @Test
  void allLearnersAreLoadedAskedForAndCommittedAtOnce() {
    world.handle(
        sms(1, ANA, "acme"),
        sms(2, BEN, "acme"),
        sms(3, EVA, "other"),
        start(4, ANA, "01-sample"),
        start(5, BEN, "01-sample"));

    assertThat(world.calls).containsExactly("load 3", "check 2", "put 1", "commit 3");
  }

  @Test
  void whatComesToNothingIsNotWritten() {
    world.handle(sms(1, ANA, "help"), start(2, BEN, "01-sample"));

    assertThat(world.calls).containsExactly("load 2");
    assertThat(world.state(ANA)).isEqualTo(DialogState.initial(ANA));
  }

  /** A state must never refer to a drill that is not stored. */
  @Test
  void aStartedDrillIsStoredBeforeTheStateThatRefersToIt() {
    world.handle(sms(1, ANA, "acme"), start(2, ANA, "01-sample"));

    assertThat(world.calls).containsExactly("load 1", "check 1", "put 1", "commit 1");
    assertThat(world.versions.get(Set.of(DRILL.id()))).containsValue(DRILL);
  }

  @Test
  void timesAreTheClocksInMilliseconds() {
    world.handle(sms(1, ANA, "acme"));

    EventBatch batch = world.batches(ANA).getFirst();
    assertThat(batch.createdTime()).isEqualTo(Instant.parse("2026-11-22T10:15:30.123Z"));
    assertThat(batch.events().getFirst().createdTime()).isEqualTo(batch.createdTime());
  }

  @Test
  void aBatchThatComesAgainIsSkipped() {
    SequencedCommand[] commands = {
      sms(1, ANA, "acme"), start(2, ANA, "01-sample"), sms(3, ANA, "es"), sms(4, BEN, "acme")
    };
    world.handle(commands);
    DialogState before = world.state(ANA);

    assertThat(world.handle(commands))
        .hasSize(4)
        .hasOnlyElementsOfType(Outcome.AlreadyProcessed.class);
    assertThat(world.state(ANA)).isEqualTo(before);
    assertThat(world.batches(ANA)).hasSize(3);
  }

  @Test
  void aCommandWithALowerNumberIsSkippedEvenIfItWasNeverSeen() {
    world.handle(sms(5, ANA, "acme"));

    assertThat(world.handle(start(4, ANA, "01-sample"), start(6, ANA, "01-sample")))
        .satisfiesExactly(
            skipped -> assertThat(skipped).isInstanceOf(Outcome.AlreadyProcessed.class),
            started -> assertCommitted(started, DialogEvent.DrillStarted.class));
  }

  @Test
  void numbersAreComparedAsNumbers() {
    SequenceNumber nine = SequenceNumber.parse("9");
    SequenceNumber ten = SequenceNumber.parse("10");
    SequenceNumber huge = SequenceNumber.parse("9".repeat(56));
    var again = sms(0, ANA, "acme").command();

    for (SequenceNumber seq : List.of(nine, ten, huge)) {
      assertCommitted(
          world.handle(new SequencedCommand(seq, sms(0, ANA, "wrong").command())).getFirst(),
          DialogEvent.UserValidationFailed.class);
    }
    assertThat(world.handle(new SequencedCommand(ten, again)).getFirst())
        .isInstanceOf(Outcome.AlreadyProcessed.class);
  }

  @Test
  void theFirstCommandMayHaveTheNumberZero() {
    assertCommitted(world.handle(sms(0, ANA, "acme")).getFirst(), DialogEvent.UserValidated.class);
    assertThat(world.handle(sms(0, ANA, "acme")).getFirst())
        .isInstanceOf(Outcome.AlreadyProcessed.class);
  }

  @Test
  void aCommandThatStandsTwiceInABatchIsAppliedOnce() {
    List<Outcome> outcomes =
        world.handle(
            sms(1, ANA, "acme"),
            sms(1, ANA, "acme"),
            start(2, ANA, "01-sample"),
            sms(3, ANA, "English"),
            sms(3, ANA, "English"),
            sms(1, ANA, "acme"));

    assertThat(outcomes)
        .extracting(outcome -> outcome instanceof Outcome.Committed)
        .containsExactly(true, false, true, true, false, false);
    assertThat(world.batches(ANA)).hasSize(3);
    assertThat(waiting(world.state(ANA))).isEqualTo(new PromptSlug("name"));
  }

  @Test
  void aSilentRegistrationServiceHoldsUpItsLearnerAndNobodyElse() {
    world.handle(sms(1, BEN, "acme"));
    world.registrationAnswers = false;

    List<Outcome> outcomes =
        world.handle(
            sms(2, ANA, "acme"),
            start(3, BEN, "01-sample"),
            start(4, ANA, "01-sample"),
            sms(5, ANA, "es"),
            sms(6, BEN, "es"));

    assertTryLater(outcomes.get(0), "no answer");
    assertCommitted(outcomes.get(1), DialogEvent.DrillStarted.class);
    assertTryLater(outcomes.get(2), "an earlier message of this learner waits");
    assertTryLater(outcomes.get(3), "an earlier message of this learner waits");
    assertThat(outcomes.get(4)).isInstanceOf(Outcome.Committed.class);
    assertThat(world.batches(ANA)).isEmpty();
  }

  @Test
  void whatWaitedIsDoneInOrderWhenTheServiceAnswers() {
    SequencedCommand[] commands = {
      sms(1, ANA, "acme"), start(2, ANA, "01-sample"), sms(3, ANA, "es")
    };
    world.registrationAnswers = false;
    world.handle(commands);
    world.registrationAnswers = true;

    assertThat(world.handle(commands)).hasSize(3).hasOnlyElementsOfType(Outcome.Committed.class);
    assertThat(waiting(world.state(ANA))).isEqualTo(new PromptSlug("name"));
  }

  @Test
  void whatComesBeforeAWaitingCommandIsCommitted() {
    world.handle(sms(1, ANA, "wrong"));
    world.registrationAnswers = false;

    List<Outcome> outcomes =
        world.handle(sms(2, ANA, "x".repeat(200)), sms(3, ANA, "acme"), sms(4, ANA, "help"));

    assertCommitted(outcomes.get(0), DialogEvent.UserValidationFailed.class);
    assertTryLater(outcomes.get(1), "no answer");
    assertTryLater(outcomes.get(2), "an earlier message of this learner waits");
    assertThat(world.state(ANA).seq()).isEqualTo(SequenceNumber.of(2));
  }

  @Test
  void anOptOutOvertakesWhatWaitsAndSettlesIt() {
    world.registrationAnswers = false;

    List<Outcome> outcomes =
        world.handle(
            sms(1, ANA, "acme"),
            start(2, ANA, "01-sample"),
            sms(3, ANA, "Stop!"),
            start(4, ANA, "01-sample"),
            sms(5, ANA, "start"));

    assertThat(outcomes.get(0)).isInstanceOf(Outcome.AlreadyProcessed.class);
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.AlreadyProcessed.class);
    assertCommitted(outcomes.get(2), DialogEvent.OptedOut.class);
    assertThat(outcomes.get(3)).isEqualTo(new Outcome.Nothing(NoEvents.OPTED_OUT));
    assertCommitted(outcomes.get(4), DialogEvent.NextDrillRequested.class);
    assertThat(world.state(ANA).profile().validated()).isFalse();
  }

  @Test
  void behindAnOptOutAnotherCommandMayWaitAnew() {
    world.registrationAnswers = false;

    List<Outcome> outcomes =
        world.handle(
            sms(1, ANA, "acme"),
            sms(2, ANA, "stop"),
            sms(3, ANA, "start"),
            sms(4, ANA, "acme"),
            sms(5, ANA, "hello"));

    assertThat(outcomes.get(0)).isInstanceOf(Outcome.AlreadyProcessed.class);
    assertThat(outcomes.get(2)).isInstanceOf(Outcome.Committed.class);
    assertTryLater(outcomes.get(3), "no answer");
    assertTryLater(outcomes.get(4), "an earlier message of this learner waits");
    assertThat(world.state(ANA).seq()).isEqualTo(SequenceNumber.of(3));
  }

  @Test
  void anOptOutThatWasProcessedDoesNotOvertakeAgain() {
    world.handle(sms(1, ANA, "stop"), sms(2, ANA, "start"));
    world.registrationAnswers = false;

    List<Outcome> outcomes = world.handle(sms(1, ANA, "stop"), sms(3, ANA, "acme"));

    assertThat(outcomes.get(0)).isInstanceOf(Outcome.AlreadyProcessed.class);
    assertTryLater(outcomes.get(1), "no answer");
    assertThat(world.state(ANA).profile().optedOut()).isFalse();
  }

  @Test
  void aServiceThatForgetsACodeIsSilentAboutIt() {
    world.registrationForgets = true;

    assertTryLater(
        world.handle(sms(1, ANA, "acme")).getFirst(), "the registration service gave no verdict");
  }

  @Test
  void aConflictIsDecidedAnewOnTheOthersState() {
    world.handle(sms(1, ANA, "acme"), start(2, ANA, "01-sample"));
    world.beforeCommit = once(() -> new Other(world).handle(sms(3, ANA, "es")));

    List<Outcome> outcomes = world.handle(sms(4, ANA, "Ana"), sms(5, BEN, "acme"));

    assertThat(((DialogEvent.CompletedPrompt) events(outcomes.get(0)).getFirst()).prompt())
        .isEqualTo(new PromptSlug("name"));
    assertCommitted(outcomes.get(1), DialogEvent.UserValidated.class);
    assertThat(world.batches(ANA)).extracting(EventBatch::version).containsExactly(1L, 2L, 3L, 4L);
    assertThat(world.batches(BEN)).hasSize(1);
  }

  @Test
  void whatTheOtherWorkerDidMeanwhileIsNotDoneAgain() {
    SequencedCommand[] commands = {sms(1, ANA, "acme"), start(2, ANA, "01-sample")};
    world.beforeCommit = once(() -> new Other(world).handle(commands));

    assertThat(world.handle(commands)).hasOnlyElementsOfType(Outcome.AlreadyProcessed.class);
    assertThat(world.batches(ANA)).hasSize(2);
  }

  @Test
  void whoAlwaysComesTooLateTriesLater() {
    world.handle(sms(1, ANA, "wrong"));
    List<SequencedCommand> others = new ArrayList<>();
    for (int seq = 10; seq < 100; seq++) {
      others.add(sms(seq, ANA, "wrong"));
    }
    var other = new Other(world);
    world.beforeCommit = () -> other.handle(others.removeFirst());

    List<Outcome> outcomes = world.handle(sms(1000, ANA, "acme"), sms(1001, BEN, "acme"));

    assertTryLater(outcomes.get(0), "another writer was first each time");
    assertCommitted(outcomes.get(1), DialogEvent.UserValidated.class);
    assertThat(others).as("attempts are bounded").hasSizeGreaterThan(80);
    assertThat(world.state(ANA).profile().validated()).isFalse();
    assertThat(world.batches(BEN)).hasSize(1);
  }

  @Test
  void aLearnerWhoseStateCannotBeReadWaitsAndNobodyElse() {
    world.handle(sms(1, ANA, "acme"));
    world.unreadable.add(ANA);

    List<Outcome> outcomes =
        world.handle(start(2, ANA, "01-sample"), sms(3, BEN, "acme"), sms(4, ANA, "stop"));

    assertTryLater(outcomes.get(0), "the stored state of this learner cannot be read");
    assertCommitted(outcomes.get(1), DialogEvent.UserValidated.class);
    assertTryLater(outcomes.get(2), "the stored state of this learner cannot be read");
    assertThat(world.batches(ANA)).hasSize(1);

    world.unreadable.clear();
    assertThat(world.handle(start(2, ANA, "01-sample"), sms(4, ANA, "stop")))
        .hasOnlyElementsOfType(Outcome.Committed.class);
  }

  @Test
  void aStateThatBecomesUnreadableAfterAConflictIsLeftAlone() {
    world.beforeCommit =
        once(
            () -> {
              new Other(world).handle(sms(1, ANA, "wrong"));
              world.unreadable.add(ANA);
            });

    List<Outcome> outcomes = world.handle(sms(2, ANA, "acme"), start(3, ANA, "01-sample"));

    assertThat(outcomes).hasSize(2).hasOnlyElementsOfType(Outcome.TryLater.class);
    assertThat(world.batches(ANA)).hasSize(1);
    assertThat(world.calls).filteredOn("commit 1"::equals).as("the other's and one").hasSize(2);
  }

  @Test
  void anUnknownDrillHoldsUpNothing() {
    world.handle(sms(1, ANA, "acme"));

    List<Outcome> outcomes =
        world.handle(start(2, ANA, "99-nowhere"), start(3, ANA, "01-sample"), sms(4, ANA, "es"));

    assertThat(outcomes.get(0)).isInstanceOf(Outcome.Rejected.class);
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Committed.class);
    assertThat(outcomes.get(2)).isInstanceOf(Outcome.Committed.class);
    assertThat(world.batches(ANA)).extracting(EventBatch::version).containsExactly(1L, 2L, 3L);
  }

  @Test
  void anOutageOfTheStoreFailsTheCallAndTryingAgainIsSafe() {
    world.beforeCommit =
        once(
            () -> {
              throw new IllegalStateException("the database is away");
            });
    SequencedCommand[] commands = {sms(1, ANA, "acme"), start(2, ANA, "01-sample")};

    assertThatThrownBy(() -> world.handle(commands)).hasMessage("the database is away");
    assertThat(world.batches(ANA)).isEmpty();
    assertThat(world.handle(commands)).hasOnlyElementsOfType(Outcome.Committed.class);
    assertThat(world.batches(ANA)).hasSize(2);
  }

  @Test
  void idsDeriveFromLearnerAndNumberSoThatARetryMakesTheSame() {
    var retry = new EngineWorld();
    retry.now = world.now.plusSeconds(3600);
    SequencedCommand[] commands = {
      sms(1, ANA, "acme"),
      start(2, ANA, "01-sample"),
      sms(3, ANA, "es"),
      sms(4, BEN, "acme"),
      start(5, BEN, "01-sample")
    };

    List<UUID> ids = ids(world.handle(commands));
    assertThat(ids).isEqualTo(ids(retry.handle(commands)));
    assertThat(new HashSet<>(ids)).as("ids are unique").hasSameSizeAs(ids);
    assertThat(instance(world.state(ANA)))
        .isEqualTo(instance(retry.state(ANA)))
        .isEqualTo(DerivedId.of(ANA, SequenceNumber.of(2), "drill instance"))
        .isNotEqualTo(instance(world.state(BEN)));
  }

  @Test
  void aLearnerStaysOnTheVersionThatWasStarted() {
    world.handle(sms(1, ANA, "acme"), start(2, ANA, "01-sample"), sms(3, ANA, "en"));
    DrillVersion newer = Samples.drill("01-sample", "What washes best?");
    world.republish(newer);
    world.handle(sms(4, ANA, "Ana"), sms(5, BEN, "acme"), start(6, BEN, "01-sample"));

    assertThat(world.state(ANA).current()).extracting("drill").isEqualTo(DRILL);
    assertThat(world.state(BEN).current()).extracting("drill").isEqualTo(newer);
    assertThat(world.versions.get(Set.of(DRILL.id(), newer.id()))).hasSize(2);

    world.handle(start(7, ANA, "01-sample"));
    assertThat(world.state(ANA).current()).extracting("drill").isEqualTo(newer);
  }

  @Test
  void aDrillThatIsNoLongerPublishedGoesOnForWhoIsInIt() {
    world.handle(sms(1, ANA, "acme"), start(2, ANA, "01-sample"));
    world.republish();

    assertCommitted(
        world.handle(sms(3, ANA, "en")).getFirst(),
        DialogEvent.CompletedPrompt.class,
        DialogEvent.AdvancedToNextPrompt.class);
    assertThat(world.handle(start(4, ANA, "01-sample")).getFirst())
        .isInstanceOf(Outcome.Rejected.class);
  }

  /** A second worker on the same store. */
  private record Other(EngineWorld world) {
    void handle(SequencedCommand... commands) {
      Runnable hook = world.beforeCommit;
      world.beforeCommit = () -> {};
      world.handle(commands);
      world.beforeCommit = hook;
    }
  }

  private Runnable once(Runnable action) {
    return () -> {
      world.beforeCommit = () -> {};
      action.run();
    };
  }

  private static List<UUID> ids(List<Outcome> outcomes) {
    List<UUID> ids = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      EventBatch batch = ((Outcome.Committed) outcome).batch();
      ids.add(batch.id());
      for (int i = 0; i < batch.events().size(); i++) {
        ids.add(batch.eventId(i));
      }
    }
    return ids;
  }

  private static UUID instance(DialogState state) {
    return Objects.requireNonNull(state.current()).instanceId();
  }

  private static PromptSlug waiting(DialogState state) {
    var current = Objects.requireNonNull(state.current());
    return Objects.requireNonNull(current.prompt()).slug();
  }

  private static List<DialogEvent> events(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
    return ((Outcome.Committed) outcome).batch().events();
  }

  private static void assertCommitted(Outcome outcome, Class<?>... events) {
    assertThat(events(outcome)).extracting(Object::getClass).isEqualTo(List.of(events));
  }

  private static void assertTryLater(Outcome outcome, String reason) {
    assertThat(outcome).isEqualTo(new Outcome.TryLater(reason));
  }
}
