package co.stopcovid.standalone.workers;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.testkit.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The worker while the registration service takes its time: it asks nobody to wait but who must.
 */
final class SlowRegistrationTest {
  private final PhoneNumber ana = new PhoneNumber("+12025550123");
  private final PhoneNumber ben = new PhoneNumber("+12025550124");
  private final PhoneNumber cleo = new PhoneNumber("+12025550125");
  private CommandSide side;
  private DialogWorker worker;

  @BeforeEach
  void open() {
    side = CommandSide.slowingDownAfter(5);
    worker = side.workerWith(handled -> {});
  }

  @AfterEach
  void close() {
    side.close();
  }

  private void workAll() {
    CommandSide.workAll(worker);
  }

  @Test
  void othersInTheSameBatchGoOnAndTheAnswerWakesTheLearnerAtOnce() {
    side.sms(ben, "acme");
    workAll();
    side.registrationThinks();
    side.sms(ana, "acme");
    side.start(ben, CommandSide.DRILL);
    workAll();

    assertThat(side.events(ben)).containsExactly("UserValidated", "DrillStarted");
    assertThat(side.events(ana)).isEmpty();

    side.registrationAnswers();
    workAll();

    assertThat(side.events(ana)).containsExactly("UserValidated");
    assertThat(worker.waitingLearners()).isZero();
  }

  @Test
  void whatTheLearnerSendsMeanwhileIsTakenInItsOrder() {
    side.registrationThinks();
    side.sms(ana, "wrong code");
    side.sms(ana, "acme");
    workAll();
    side.start(ana, CommandSide.DRILL);
    side.sms(ana, "english");
    workAll();
    assertThat(side.events(ana)).isEmpty();

    side.registrationAnswers();
    workAll();

    assertThat(side.events(ana))
        .containsExactly(
            "UserValidationFailed",
            "UserValidated",
            "DrillStarted",
            "CompletedPrompt+AdvancedToNextPrompt");
  }

  @Test
  void anOptOutWaitsForNoAnswer() {
    side.registrationThinks();
    side.sms(ana, "acme");
    workAll();
    side.sms(ana, "stop");
    workAll();

    assertThat(side.events(ana)).containsExactly("OptedOut");
    side.registrationAnswers();
    workAll();
    assertThat(side.events(ana)).containsExactly("OptedOut");
    assertThat(worker.waitingLearners()).isZero();
  }

  @Test
  void oneAnswerIsForAllWhoSentThatCodeAndForNobodyElse() {
    List<PhoneNumber> staff = Samples.newLearners(120);
    side.registrationThinks();
    staff.forEach(learner -> side.sms(learner, "acme"));
    workAll();
    side.registrationAnswers();
    side.registrationThinks();
    side.sms(cleo, "another");
    workAll();

    // They are woken, and find that it thinks again.
    assertThat(worker.waitingLearners()).isEqualTo(121);
    side.registrationAnswers();
    workAll();

    staff.forEach(learner -> assertThat(side.events(learner)).containsExactly("UserValidated"));
    assertThat(side.events(cleo)).containsExactly("UserValidationFailed");
  }

  @Test
  void aFailureAfterTheAnswerIsTriedAgainLessAndLessOften() {
    side.registrationThinks();
    side.sms(ana, "acme");
    workAll();
    side.registrationIsSilent(true);
    side.registrationAnswers();
    workAll();
    side.registrationIsSilent(false);
    workAll();
    assertThat(side.events(ana)).as("before it is due").isEmpty();

    side.passes(Duration.ofSeconds(1));
    workAll();
    assertThat(side.events(ana)).containsExactly("UserValidated");
  }

  @Test
  void whoGuessesIsSlowedDownAndAnsweredAllTheSame() {
    side.sms(ben, "acme");
    for (int i = 0; i < 20; i++) {
      side.sms(ana, "guess " + i);
    }
    side.start(ben, CommandSide.DRILL);
    workAll();
    assertThat(side.events(ana)).hasSize(5).containsOnly("UserValidationFailed");
    assertThat(side.events(ben)).as("nobody else waits").hasSize(2);

    side.passes(Duration.ofSeconds(29));
    workAll();
    assertThat(side.events(ana)).hasSize(5);
    side.passes(Duration.ofSeconds(1));
    workAll();
    assertThat(side.events(ana)).hasSize(6);
    side.passes(Duration.ofMinutes(1));
    workAll();
    assertThat(side.events(ana)).hasSize(7);

    side.sms(ana, "stop");
    workAll();
    assertThat(side.events(ana)).as("an opt-out waits for nothing").endsWith("OptedOut");
    assertThat(worker.waitingLearners()).isZero();
  }

  @Test
  void theRightCodeAfterManyWrongOnesRegistersOnceThePauseIsOver() {
    for (int i = 0; i < 5; i++) {
      side.sms(ana, "wrong " + i);
    }
    side.sms(ana, "acme");
    workAll();
    assertThat(side.events(ana)).doesNotContain("UserValidated");
    worker = side.worker();
    side.passes(Duration.ofSeconds(30));
    workAll();
    assertThat(side.events(ana)).endsWith("UserValidated");
    assertThat(side.letters()).isEmpty();
  }

  @Test
  void anAnswerThatCameWhileTheWorkerWasDeadIsAskedForAgain() {
    side.registrationThinks();
    side.sms(ana, "acme");
    workAll();
    worker = side.worker();
    side.registrationAnswers();
    workAll();
    assertThat(side.events(ana)).isEmpty();

    side.passes(Duration.ofSeconds(10));
    workAll();
    assertThat(side.events(ana)).containsExactly("UserValidated");
  }
}
