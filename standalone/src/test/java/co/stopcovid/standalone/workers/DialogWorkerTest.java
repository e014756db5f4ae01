package co.stopcovid.standalone.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.postgres.DatabaseWentBackException;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.FencedOffException;
import co.stopcovid.adapters.postgres.Lease;
import co.stopcovid.adapters.postgres.PostgresCheckpoints;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.running.HandledCommand;
import co.stopcovid.testkit.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DialogWorkerTest {
  private final CommandSide side = new CommandSide();
  private final DialogWorker worker = side.worker();
  private final PhoneNumber ana = Samples.newLearner();
  private final PhoneNumber ben = Samples.newLearner();

  @AfterEach
  void close() {
    side.close();
  }

  private void workAll() {
    CommandSide.workAll(worker);
  }

  private long checkpoint() {
    return new PostgresCheckpoints(side.database).load(DialogWorker.CONSUMER);
  }

  @Test
  void commandsBecomeEvents() {
    side.sms(ana, "acme");
    side.start(ana, CommandSide.DRILL);
    side.sms(ben, "what is this?");
    SequenceNumber last = side.sms(ana, "english");

    workAll();

    assertThat(side.events(ana))
        .containsExactly("UserValidated", "DrillStarted", "CompletedPrompt+AdvancedToNextPrompt");
    assertThat(side.events(ben)).containsExactly("UserValidationFailed");
    assertThat(checkpoint()).isEqualTo(last.value().longValueExact());
  }

  @Test
  void nothingIsDoneTwiceByAWorkerThatComesLater() {
    side.sms(ana, "acme");
    workAll();
    side.sms(ana, "more");

    CommandSide.workAll(side.worker());
    CommandSide.workAll(side.worker());

    assertThat(side.events(ana)).containsExactly("UserValidated", "NextDrillRequested");
  }

  @Test
  void aMessageThatComesAgainIsOneCommand() {
    var sms = new NewCommand(new DialogCommand.ReceiveSms(ana, "what?"), "SM1");
    side.log.append(List.of(sms));
    side.log.append(List.of(sms));

    workAll();

    assertThat(side.events(ana)).containsExactly("UserValidationFailed");
  }

  @Test
  void aMalformedCommandGoesWholeToTheDeadLettersAndStopsNobody() {
    side.sms(ana, "acme");
    SequenceNumber spoilt = side.appendAsIs("{\"type\":\"NEW\"}");
    side.sms(ana, "more");

    workAll();

    assertThat(side.events(ana)).containsExactly("UserValidated", "NextDrillRequested");
    assertThat(side.letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.source()).isEqualTo(DeadLetter.COMMANDS);
              assertThat(letter.sourceId()).isEqualTo(spoilt.toString());
              assertThat(letter.payload()).isEqualTo("{\"type\":\"NEW\"}");
              assertThat(letter.reason()).contains("malformed", "NEW");
            });
  }

  @Test
  void aCommandThatCannotSucceedGoesToTheDeadLettersAndTheLearnerGoesOn() {
    side.sms(ana, "acme");
    side.start(ana, new DrillSlug("99-unknown"));
    side.start(ana, CommandSide.DRILL);

    workAll();

    assertThat(side.events(ana)).containsExactly("UserValidated", "DrillStarted");
    assertThat(side.letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).contains("99-unknown");
              assertThat(letter.payload()).contains("START_DRILL", "99-unknown");
            });
  }

  @Test
  void aCommandThatBreaksTheEngineIsFoundAndStopsNobody() {
    List<PhoneNumber> learners = Samples.newLearners(40);
    learners.forEach(learner -> side.sms(learner, "acme"));
    side.start(learners.get(7), CommandSide.POISON);
    side.start(learners.get(31), CommandSide.POISON);
    learners.forEach(learner -> side.start(learner, CommandSide.DRILL));

    workAll();

    for (PhoneNumber learner : learners) {
      assertThat(side.events(learner)).containsExactly("UserValidated", "DrillStarted");
    }
    assertThat(side.letters())
        .hasSize(2)
        .allSatisfy(
            letter -> {
              assertThat(letter.reason()).isEqualTo("failed: java.lang.IllegalStateException");
              assertThat(letter.payload()).contains("66-poison");
            });
  }

  @Test
  void whileTheRegistrationServiceIsSilentOnlyItsLearnersWait() {
    side.sms(ben, "acme");
    workAll();
    side.registrationIsSilent(true);
    side.sms(ana, "acme");
    side.sms(ana, "hello?");
    workAll();
    side.sms(ana, "anybody?");
    side.start(ben, CommandSide.DRILL);
    workAll();

    assertThat(side.events(ana)).isEmpty();
    assertThat(side.events(ben)).containsExactly("UserValidated", "DrillStarted");
    assertThat(worker.waitingLearners()).isEqualTo(1);

    side.registrationIsSilent(false);
    workAll();
    assertThat(side.events(ana)).as("before it is due").isEmpty();
    side.passes(Duration.ofSeconds(1));
    workAll();

    assertThat(side.events(ana)).containsExactly("UserValidated");
    assertThat(worker.waitingLearners()).isZero();
    assertThat(side.letters()).isEmpty();
  }

  @Test
  void aClockThatIsSetBackMakesNobodyWaitLonger() {
    side.registrationIsSilent(true);
    side.sms(ana, "acme");
    workAll();
    side.registrationIsSilent(false);

    side.passes(Duration.ofMinutes(-5));
    workAll();

    assertThat(side.events(ana)).containsExactly("UserValidated");
  }

  @Test
  void aLogThatEndsBeforeWhatWasDoneEndsTheWork() {
    side.sms(ana, "acme");
    workAll();
    side.goBackTo(0);
    side.sms(ben, "acme");

    assertThatThrownBy(this::workAll)
        .isInstanceOf(FencedOffException.class)
        .hasMessageContaining("positions 1 to 1 of the command log");
    assertThat(checkpoint()).isZero();

    // Whoever takes the lease next.
    CommandSide.workAll(side.worker());
    assertThat(side.events(ben)).containsExactly("UserValidated");
    assertThat(side.letters()).isEmpty();
  }

  /** What was appended meanwhile, by another process, must not be passed over. */
  @Test
  void soDoesOneThatGrewBeyondThatAgain() {
    side.sms(ana, "acme");
    workAll();
    side.goBackTo(0);
    for (PhoneNumber phone : List.of(ben, Samples.newLearner())) {
      side.appendAsIs(
          "{\"type\":\"INBOUND_SMS\",\"payload\":{\"From\":\"%s\",\"Body\":\"acme\"}}"
              .formatted(phone.value()));
    }

    assertThatThrownBy(this::workAll).isInstanceOf(DatabaseWentBackException.class);
    CommandSide.workAll(side.worker());
    assertThat(side.events(ben)).containsExactly("UserValidated");
    assertThat(checkpoint()).isEqualTo(2);
  }

  @Test
  void aCheckpointBeyondTheEndOfTheLogPassesNothingOver() {
    new PostgresCheckpoints(side.database).save(DialogWorker.CONSUMER, 100);
    side.sms(ana, "hello");
    workAll();
    assertThat(checkpoint()).isEqualTo(1);
    side.sms(ben, "acme");
    workAll();
    assertThat(side.events(ben)).containsExactly("UserValidated");
  }

  @Test
  void theCommandsOfALearnerWhoWaitedAreTakenInTheirOrder() {
    side.registrationIsSilent(true);
    side.sms(ana, "wrong code");
    side.sms(ana, "acme");
    workAll();
    side.start(ana, CommandSide.DRILL);
    side.sms(ana, "english");
    workAll();

    side.registrationIsSilent(false);
    side.passes(Duration.ofSeconds(1));
    workAll();

    assertThat(side.events(ana))
        .containsExactly(
            "UserValidationFailed",
            "UserValidated",
            "DrillStarted",
            "CompletedPrompt+AdvancedToNextPrompt");
  }

  @Test
  void nobodyIsKeptFromOptingOut() {
    side.registrationIsSilent(true);
    side.sms(ana, "acme");
    workAll();
    side.sms(ana, "stop");
    workAll();

    assertThat(side.events(ana)).containsExactly("OptedOut");

    side.sms(ana, "start");
    workAll();

    assertThat(side.events(ana)).containsExactly("OptedOut", "NextDrillRequested");
    assertThat(worker.waitingLearners()).isZero();
  }

  @Test
  void theWaitDoublesUpToALimit() {
    side.registrationIsSilent(true);
    side.sms(ana, "acme");
    workAll();
    List<Long> waits = new ArrayList<>();
    long seconds = 0;
    for (long waited = 1; waits.size() < 12; waited++) {
      side.passes(Duration.ofSeconds(1));
      if (worker.work() > 0) {
        waits.add(waited - seconds);
        seconds = waited;
      }
    }
    assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L, 300L);
  }

  @Test
  void whatWaitsIsKnownToAWorkerThatComesLater() {
    side.registrationIsSilent(true);
    side.sms(ana, "acme");
    workAll();
    side.registrationIsSilent(false);
    side.sms(ana, "more");

    DialogWorker later = side.worker();
    CommandSide.workAll(later);
    assertThat(side.events(ana)).isEmpty();
    side.passes(Duration.ofSeconds(1));
    CommandSide.workAll(later);

    assertThat(side.events(ana)).containsExactly("UserValidated", "NextDrillRequested");
  }

  @Test
  void poisonAmongWhatWaitedIsFoundAndNothingIsTakenOutOfOrder() {
    side.registrationIsSilent(true);
    side.sms(ana, "acme");
    side.sms(ben, "acme");
    workAll();
    side.start(ana, CommandSide.POISON);
    side.sms(ana, "more");
    side.sms(ben, "more");
    workAll();
    side.registrationIsSilent(false);
    side.passes(Duration.ofSeconds(1));
    workAll();

    assertThat(side.events(ana)).containsExactly("UserValidated", "NextDrillRequested");
    assertThat(side.events(ben)).containsExactly("UserValidated", "NextDrillRequested");
    assertThat(side.letters()).hasSize(1);
  }

  @Test
  void theObserverIsToldWithinTheTransaction() {
    List<Outcome> told = new ArrayList<>();
    DialogWorker observed =
        side.worker(
            handle -> {},
            handled -> {
              handled.forEach(it -> told.add(it.outcome()));
              side.database.write(
                  handle -> handle.execute("insert into consumer_checkpoints values ('seen', 1)"));
            });
    side.sms(ana, "acme");
    side.sms(ana, "help");

    CommandSide.workAll(observed);

    assertThat(told).hasSize(2);
    assertThat(told.get(0)).isInstanceOf(Outcome.Committed.class);
    assertThat(told.get(1)).isInstanceOf(Outcome.Nothing.class);
    assertThat(new PostgresCheckpoints(side.database).load("seen")).isEqualTo(1);
  }

  @Test
  void aCommandThatItsObserverNeverTakesIsFoundAndStopsNobody() {
    SequenceNumber refused = side.sms(ana, "help");
    side.sms(ben, "acme");
    DialogWorker observed = side.worker(Fence.NONE, handled -> refuse(handled, refused));

    CommandSide.workAll(observed);

    assertThat(side.events(ben)).containsExactly("UserValidated");
    assertThat(side.letters()).extracting(DeadLetter::sourceId).containsExactly(refused.toString());
  }

  @Test
  void soIsOneThatWaited() {
    side.registrationIsSilent(true);
    SequenceNumber refused = side.sms(ana, "acme");
    side.sms(ana, "more");
    side.sms(ben, "acme");
    workAll();
    side.registrationIsSilent(false);
    side.passes(Duration.ofSeconds(1));

    CommandSide.workAll(side.worker(Fence.NONE, handled -> refuse(handled, refused)));

    assertThat(side.events(ben)).containsExactly("UserValidated");
    assertThat(side.letters()).extracting(DeadLetter::sourceId).containsExactly(refused.toString());
  }

  /** As a log of messages that cannot hold one of them. */
  private static void refuse(List<HandledCommand> handled, SequenceNumber refused) {
    for (HandledCommand each : handled) {
      if (each.command().seq().equals(refused)) {
        throw new IllegalStateException("planted");
      }
    }
  }

  @Test
  void whatComesAlongCanBreakNeitherTheEventsNorTheirCommands() {
    DialogWorker burdened =
        side.workerWith(
            handled -> {
              side.database.write(
                  handle -> handle.execute("insert into consumer_checkpoints values ('along', 1)"));
              throw new IllegalStateException("planted");
            });
    side.sms(ana, "acme");
    side.sms(ben, "acme");

    CommandSide.workAll(burdened);

    assertThat(side.events(ana)).containsExactly("UserValidated");
    assertThat(side.events(ben)).containsExactly("UserValidated");
    assertThat(side.letters()).isEmpty();
    assertThat(new PostgresCheckpoints(side.database).load("along")).as("rolled back").isZero();
  }

  @Test
  void anOutageOfWhatComesAlongDoesNotStopTheDialogs() {
    DialogWorker burdened =
        side.workerWith(
            handled -> {
              throw new StorageException("planted");
            });
    side.sms(ana, "acme");

    CommandSide.workAll(burdened);

    assertThat(side.events(ana)).containsExactly("UserValidated");
  }

  @Test
  void anOutageInTheMiddleLeavesNothingBehindAndTheNextTryDoesAll() {
    List<RuntimeException> outages = new ArrayList<>();
    outages.add(new StorageException("planted"));
    outages.add(new StorageException("planted, when they are taken alone"));
    DialogWorker interrupted =
        side.worker(
            handle -> {},
            handled -> {
              if (!outages.isEmpty()) {
                throw outages.removeLast();
              }
            });
    side.sms(ana, "acme");
    side.start(ana, new DrillSlug("99-unknown"));

    assertThatThrownBy(interrupted::work).isInstanceOf(StorageException.class);
    assertThat(side.events(ana)).isEmpty();
    assertThat(side.letters()).isEmpty();
    assertThat(checkpoint()).isZero();

    CommandSide.workAll(interrupted);
    assertThat(side.events(ana)).containsExactly("UserValidated");
    assertThat(side.letters()).hasSize(1);
  }

  @Test
  void aWorkerThatWasTakenOverCommitsNothingAnyMore() {
    Lease first = take(Duration.ZERO);
    List<Lease> taken = new ArrayList<>();
    List<HandledCommand> seen = new ArrayList<>();
    DialogWorker old = side.worker(first, seen::addAll);
    side.sms(ana, "acme");
    CommandSide.workAll(old);
    side.sms(ana, "more");
    taken.add(take(Duration.ofHours(1)));

    assertThatThrownBy(old::work).isInstanceOf(FencedOffException.class);
    assertThat(side.events(ana)).containsExactly("UserValidated");

    CommandSide.workAll(side.worker(taken.getFirst(), handled -> {}));
    side.sms(ana, "more");
    assertThatThrownBy(old::work).isInstanceOf(FencedOffException.class);
    assertThat(side.events(ana)).containsExactly("UserValidated", "NextDrillRequested");
    assertThat(seen).hasSize(1);
  }

  private Lease take(Duration length) {
    return Lease.take(side.database, "dialog", "test", length).orElseThrow();
  }

  @Test
  void manyCommandsOfManyLearnersAreAllTakenOnceAndInOrder() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    List<PhoneNumber> learners = Samples.newLearners(50);
    List<NewCommand> commands = new ArrayList<>();
    for (PhoneNumber learner : learners) {
      for (int i = 0; i < 30; i++) {
        commands.add(new NewCommand(new DialogCommand.ReceiveSms(learner, "not a code " + i)));
      }
    }
    Collections.shuffle(commands, random);
    for (int i = 0; i < commands.size(); i += 500) {
      side.log.append(commands.subList(i, Math.min(i + 500, commands.size())));
    }

    workAll();

    for (PhoneNumber learner : learners) {
      List<SequenceNumber> numbers =
          side.store.after(learner, 0, 100).stream().map(batch -> batch.seq()).toList();
      assertThat(numbers).as("seed %d", seed).hasSize(30).isSorted().doesNotHaveDuplicates();
    }
  }
}
