package co.stopcovid.aws.handling;

import static co.stopcovid.aws.handling.CommandWorld.ANA;
import static co.stopcovid.aws.handling.CommandWorld.BEN;
import static co.stopcovid.aws.handling.CommandWorld.CODE;
import static co.stopcovid.aws.handling.CommandWorld.DRILL;
import static co.stopcovid.aws.handling.CommandWorld.record;
import static co.stopcovid.aws.handling.CommandWorld.sms;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.running.RawCommand;
import co.stopcovid.sms.ReceivedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandHandlingTest {
  private final CommandWorld world = new CommandWorld();

  private static RawCommand start(long seq, String drill) {
    return record(seq, new StartDrill(ANA, new DrillSlug(drill)), null);
  }

  @Test
  void commandsOfManyLearnersAreCommittedInOrder() {
    assertThat(
            world.handle(
                sms(1, ANA, CODE), sms(2, BEN, "wrong"), start(3, DRILL), sms(4, ANA, "English")))
        .isZero();
    assertThat(world.committed(ANA)).containsExactly(1L, 3L, 4L);
    assertThat(world.committed(BEN)).containsExactly(2L);
    assertThat(world.events(ANA))
        .containsExactly(
            "UserValidated", "DrillStarted", "CompletedPrompt", "AdvancedToNextPrompt");
    assertThat(world.logged()).containsExactlyInAnyOrder(1L, 2L, 4L);
  }

  @Test
  void aBatchThatComesAgainChangesNothingAndIsLoggedAsHandled() {
    RawCommand[] batch = {sms(1, ANA, CODE), start(2, DRILL), sms(3, BEN, "hm")};
    world.handle(batch);
    List<Long> before = world.committed(ANA);
    world.messages.clear();
    assertThat(world.handle(batch)).isZero();
    assertThat(world.committed(ANA)).isEqualTo(before);
    assertThat(world.letters).isEmpty();
    assertThat(world.logged()).containsExactlyInAnyOrder(1L, 3L);
  }

  @Test
  void aMalformedRecordGoesWholeToTheFailureQueueAndStopsNobody() {
    var malformed = new RawCommand(SequenceNumber.of(1), "{\"type\":\"NONSENSE\"");
    assertThat(world.handle(malformed, sms(2, ANA, CODE))).isZero();
    assertThat(world.letters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.source()).isEqualTo(DeadLetter.COMMANDS);
              assertThat(letter.sourceId()).isEqualTo("1");
              assertThat(letter.payload()).isEqualTo(malformed.payload());
              assertThat(letter.reason()).startsWith("malformed");
            });
    assertThat(world.committed(ANA)).containsExactly(2L);
  }

  @Test
  void whatIsRejectedGoesWholeToTheFailureQueue() {
    RawCommand unknown = start(2, "99-unknown");
    assertThat(world.handle(sms(1, ANA, CODE), unknown, start(3, DRILL))).isZero();
    assertThat(world.letters).extracting(DeadLetter::payload).containsExactly(unknown.payload());
    assertThat(world.committed(ANA)).containsExactly(1L, 3L);
  }

  @Test
  void ofTwoRecordsWithOneKeyTheOneThatHoldsItCounts() {
    var message = new ReceiveSms(ANA, CODE);
    assertThat(world.handle(record(1, message, "SM1"), record(2, message, "SM1"))).isZero();
    assertThat(world.committed(ANA)).containsExactly(1L);

    world.keys.claim(Map.of("SM9", SequenceNumber.of(4)));
    var other = new ReceiveSms(BEN, CODE);
    assertThat(world.handle(record(3, other, "SM9"))).isZero();
    assertThat(world.committed(BEN)).isEmpty();
    assertThat(world.handle(record(4, other, "SM9"))).isZero();
    assertThat(world.committed(BEN)).containsExactly(4L);
    assertThat(world.logged()).containsExactly(1L, 4L);
  }

  @Test
  void anOutageReportsTheFirstRecordThatIsNotDoneWith() {
    var malformed = new RawCommand(SequenceNumber.of(1), "[]");
    world.commitFailure = new StorageException("out of reach");
    assertThat(world.handle(malformed, sms(2, ANA, CODE), sms(3, BEN, CODE))).isEqualTo(2);
    world.commitFailure = null;
    assertThat(world.handle(sms(2, ANA, CODE), sms(3, BEN, CODE))).isZero();
    assertThat(world.committed(ANA)).containsExactly(2L);
    assertThat(world.committed(BEN)).containsExactly(3L);
  }

  @Test
  void aLearnersLaterRecordIsNotAppliedBeforeTheEarlierOneIsSafe() {
    RawCommand unhandled = sms(2, ANA, "something that nobody understands");
    world.handle(sms(1, ANA, CODE));
    world.messages.clear();
    world.logFailure = new StorageException("the log's queue is out of reach");
    assertThat(world.handle(unhandled, start(3, DRILL))).isEqualTo(2);
    assertThat(world.committed(ANA)).containsExactly(1L);
    world.logFailure = null;
    assertThat(world.handle(unhandled, start(3, DRILL))).isZero();
    assertThat(world.messages).extracting(ReceivedMessage::unhandled).containsExactly(true);
    assertThat(world.committed(ANA)).containsExactly(1L, 3L);
  }

  @Test
  void aRejectedCommandIsNotLostWhenTheFailureQueueIsOutOfReach() {
    world.handle(sms(1, ANA, CODE));
    world.queueFailure = new StorageException("out of reach");
    assertThat(world.handle(start(2, "99-unknown"), start(3, DRILL))).isEqualTo(2);
    world.queueFailure = null;
    assertThat(world.handle(start(2, "99-unknown"), start(3, DRILL))).isZero();
    assertThat(world.letters).extracting(DeadLetter::sourceId).containsExactly("2");
  }

  @Test
  void aCommandThatMeetsABugIsFoundAmongTheOthers() {
    world.poisoned = BEN::equals;
    assertThat(world.handle(sms(1, ANA, CODE), sms(2, BEN, CODE), start(3, DRILL))).isZero();
    assertThat(world.letters).extracting(DeadLetter::sourceId).containsExactly("2");
    assertThat(world.committed(ANA)).containsExactly(1L, 3L);
  }

  @Test
  void whoWaitsForTheRegistrationServiceBlocksNobodyElse() {
    world.registrationIsSilent = true;
    assertThat(world.handle(sms(1, ANA, CODE), sms(2, ANA, "more"), sms(3, BEN, "help"))).isZero();
    assertThat(world.committed(ANA)).isEmpty();
    assertThat(world.waiting.of(ANA).commands()).hasSize(2);
    assertThat(world.logged()).containsExactly(3L);

    world.registrationIsSilent = false;
    world.handle(start(4, DRILL));
    assertThat(world.committed(ANA)).as("the new one waits behind").isEmpty();
    world.clock.advance(Duration.ofSeconds(1));
    world.retry();
    assertThat(world.committed(ANA)).containsExactly(1L, 2L, 4L);
    assertThat(world.waiting.of(ANA).isEmpty()).isTrue();
    assertThat(world.logged()).containsExactly(3L, 1L, 2L);
  }

  @Test
  void aServiceThatHasToBeAskedHoldsUpNobodyElse() {
    world.handle(sms(1, BEN, CODE));
    world.registrationIsAskedElsewhere = true;
    assertThat(world.handle(sms(2, ANA, CODE), sms(3, ANA, "more"), sms(4, BEN, "more"))).isZero();
    assertThat(world.committed(BEN)).containsExactly(1L, 4L);
    assertThat(world.committed(ANA)).isEmpty();
    assertThat(world.toBeAsked).containsExactly(ANA);

    world.registrationIsAskedElsewhere = false;
    world.retry.run(world.toBeAsked);
    assertThat(world.committed(ANA)).as("at once, and in order").containsExactly(2L, 3L);
    assertThat(world.waiting.of(ANA).isEmpty()).isTrue();
    assertThat(world.letters).isEmpty();
  }

  @Test
  void whoIsForgottenThereIsFoundWithAllThatWait() {
    world.registrationIsAskedElsewhere = true;
    world.handle(sms(1, ANA, CODE));
    world.registrationIsAskedElsewhere = false;
    world.retry();
    assertThat(world.committed(ANA)).containsExactly(1L);
  }

  @Test
  void whoGuessesIsSlowedDownAndAnsweredAllTheSame() {
    for (int i = 1; i <= 8; i++) {
      world.handle(sms(i, ANA, "guess " + i));
    }
    world.handle(sms(9, BEN, CODE));
    assertThat(world.committed(ANA)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(world.committed(BEN)).containsExactly(9L);

    world.clock.advance(Duration.ofSeconds(29));
    world.retry();
    assertThat(world.committed(ANA)).hasSize(5);
    world.clock.advance(Duration.ofSeconds(1));
    world.retry();
    assertThat(world.committed(ANA)).hasSize(6);
    world.clock.advance(Duration.ofMinutes(1));
    world.retry();
    world.clock.advance(Duration.ofMinutes(2));
    world.retry();
    assertThat(world.committed(ANA)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(world.waiting.of(ANA).isEmpty()).isTrue();
  }

  @Test
  void withoutContentOnlyWhoStartsADrillWaits() {
    world.handle(sms(1, ANA, CODE));
    world.contentFails = true;
    assertThat(world.handle(start(2, DRILL), sms(3, BEN, CODE))).isZero();
    assertThat(world.letters).isEmpty();
    assertThat(world.committed(ANA)).containsExactly(1L);
    assertThat(world.committed(BEN)).containsExactly(3L);
    world.contentFails = false;
    world.clock.advance(Duration.ofSeconds(1));
    world.retry();
    assertThat(world.committed(ANA)).containsExactly(1L, 2L);
  }

  @Test
  void withoutContentNobodyIsKeptFromOptingOut() {
    world.handle(sms(1, ANA, CODE));
    world.contentFails = true;
    assertThat(world.handle(start(2, DRILL), sms(3, ANA, "stop"))).isZero();
    assertThat(world.state(ANA).profile().optedOut()).isTrue();
  }

  @Test
  void nobodyIsKeptFromOptingOut() {
    world.registrationIsSilent = true;
    world.handle(sms(1, ANA, CODE), sms(2, ANA, "hello"));
    assertThat(world.handle(sms(3, ANA, "stop"))).isZero();
    assertThat(world.state(ANA).profile().optedOut()).isTrue();
    world.retry();
    assertThat(world.waiting.of(ANA).isEmpty()).as("what waited is settled").isTrue();
    assertThat(world.committed(ANA)).containsExactly(3L);
  }

  @Test
  void triesComeLessAndLessOften() {
    world.registrationIsSilent = true;
    world.handle(sms(1, ANA, CODE));
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      waits.add(Duration.between(world.clock.instant(), world.waiting.of(ANA).notBefore()));
      world.clock.advanceTo(world.waiting.of(ANA).notBefore());
      world.retry();
    }
    assertThat(waits)
        .startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4))
        .endsWith(Duration.ofMinutes(5));
    assertThat(world.waiting.of(ANA).attempts()).isEqualTo(13);
  }

  @Test
  void aCommandIsNotLostWhenAnotherSettlesWhatWaitedMeanwhile() {
    world.registrationIsSilent = true;
    world.handle(sms(1, ANA, CODE));
    world.registrationIsSilent = false;
    world.clock.advance(Duration.ofSeconds(1));
    world.waiting.beforeNextPut(world::retry);
    assertThat(world.handle(start(2, DRILL))).isZero();
    assertThat(world.committed(ANA)).containsExactly(1L, 2L);
    assertThat(world.waiting.of(ANA).isEmpty()).isTrue();
  }

  @Test
  void aCommandThatCameMeanwhileIsNotLostByARetry() {
    world.registrationIsSilent = true;
    world.handle(sms(1, ANA, CODE));
    world.registrationIsSilent = false;
    world.clock.advance(Duration.ofSeconds(1));
    world.waiting.beforeNextPut(() -> world.handle(start(2, DRILL)));
    world.retry();
    world.retry();
    assertThat(world.committed(ANA)).containsExactly(1L, 2L);
    assertThat(world.waiting.of(ANA).isEmpty()).isTrue();
  }

  @Test
  void aRecordThatComesAgainWaitsOnce() {
    world.registrationIsSilent = true;
    world.handle(sms(1, ANA, CODE), sms(2, ANA, "more"));
    world.handle(sms(1, ANA, CODE), sms(2, ANA, "more"));
    assertThat(world.waiting.of(ANA).commands()).hasSize(2);
  }

  @Test
  void onlySoMuchOfOneLearnerWaits() {
    world.registrationIsSilent = true;
    for (int seq = 1; seq <= 101; seq++) {
      world.handle(sms(seq, ANA, CODE));
    }
    assertThat(world.waiting.of(ANA).commands()).hasSize(100);
    assertThat(world.letters).extracting(DeadLetter::sourceId).containsExactly("101");
  }

  @Test
  void whatWaitsAndCannotBeReadIsNoReasonToLoseWhatCameLater() {
    world.waiting.makeUnreadable(ANA);
    assertThat(world.handle(sms(1, ANA, CODE), sms(2, BEN, CODE))).isZero();
    assertThat(world.letters).extracting(DeadLetter::sourceId).containsExactly("1");
    assertThat(world.committed(BEN)).containsExactly(2L);
    world.handle(sms(3, ANA, "stop"));
    assertThat(world.state(ANA).profile().optedOut()).isTrue();
  }
}
