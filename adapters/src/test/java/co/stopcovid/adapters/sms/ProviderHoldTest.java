package co.stopcovid.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryState.Failed;
import co.stopcovid.sms.DeliveryState.Queued;
import co.stopcovid.sms.DeliveryState.Sent;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.ProviderHold;
import co.stopcovid.sms.SendResult;
import co.stopcovid.sms.SmsGateway;
import co.stopcovid.sms.SmsSender;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.twilio.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProviderHoldTest implements ProviderHold.Observer {
  private final Sending sending = new Sending();
  private final PhoneNumber ana = Samples.newLearner();
  private final PhoneNumber ben = Samples.newLearner();
  private final List<String> told = new ArrayList<>();
  private int again;
  private final ProviderHold hold = new ProviderHold(this);
  private final SmsSender sender = sending.sender(hold);

  @AfterEach
  void close() {
    sending.close();
  }

  @Override
  public void refused(ProviderHold.Refusal refusal) {
    told.add("refused");
  }

  @Override
  public void refusedAgain(ProviderHold.Refusal refusal, Instant now) {
    again++;
  }

  @Override
  public void takenAgain(ProviderHold.Refusal refusal) {
    told.add("taken again");
  }

  private List<String> sentTo(PhoneNumber phone) {
    return sending.twilio.textsTo(phone.value());
  }

  private void stepsFor(Duration time) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(time) <= 0;
        passed = passed.plusSeconds(1)) {
      sender.step(1);
      sending.clock.advance(Duration.ofSeconds(1));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WRONG_TOKEN", "SUSPENDED", "FOREIGN_SENDER", "NO_SENDER", "NO_SERVICE"})
  void aRefusedAccountHoldsAllSending(Fault fault) {
    OutboundId first = sending.queue(ana, "one").getFirst();
    sending.twilio.rule(to -> fault);
    sending.twilio.account("suspended", "Full");
    sender.step(1);
    OutboundId second = sending.queue(ben, "two").getFirst();
    stepsFor(Duration.ofMinutes(5));

    assertThat(sending.twilio.requests()).as("tried once").isEqualTo(1);
    assertThat(sending.twilio.accountRequests()).as("asked now and then").isBetween(20, 40);
    assertThat(sending.state(first)).isInstanceOf(Queued.class);
    assertThat(sending.state(second)).isEqualTo(Queued.NEW);
    assertThat(hold.refusal()).isPresent();
    assertThat(told).containsExactly("refused");
    assertThat(again).isEqualTo(sending.twilio.accountRequests());
  }

  @Test
  void sendingResumesByItself() {
    OutboundId first = sending.queue(ana, "one").getFirst();
    sending.twilio.script(Fault.SUSPENDED);
    sending.twilio.account("suspended", "Full");
    sender.step(1);
    OutboundId second = sending.queue(ben, "two").getFirst();
    stepsFor(Duration.ofHours(1));
    sending.twilio.account("active", "Full");
    stepsFor(Duration.ofSeconds(11));

    assertThat(sentTo(ana)).containsExactly("one");
    assertThat(sentTo(ben)).containsExactly("two");
    assertThat(sending.state(first)).isInstanceOf(Sent.class);
    assertThat(sending.state(second)).isInstanceOf(Sent.class);
    assertThat(hold.refusal()).isEmpty();
    assertThat(told).containsExactly("refused", "taken again");
  }

  /** What the account's own state does not show: a sender that is not ours. */
  @Test
  void whileTheAccountIsFineOneMessageAtATimeIsTried() {
    sending.twilio.rule(to -> Fault.FOREIGN_SENDER);
    sending.queue(ana, "one");
    sender.step(1);
    sending.queue(ben, "two");
    stepsFor(Duration.ofMinutes(5));

    assertThat(sending.twilio.requests()).isBetween(20, 40);
    assertThat(told).as("told once").containsExactly("refused");
    assertThat(again).isEqualTo(sending.twilio.requests() - 1);
    sending.twilio.rule(to -> Fault.NONE);
    stepsFor(Duration.ofSeconds(11));
    assertThat(sentTo(ana)).containsExactly("one");
    assertThat(sentTo(ben)).containsExactly("two");
    assertThat(told).containsExactly("refused", "taken again");
  }

  @Test
  void aClockThatIsSetBackDoesNotMakeItLonger() {
    sending.queue(ana, "one");
    sending.twilio.script(Fault.WRONG_TOKEN);
    sender.step(1);
    sending.queue(ben, "two");
    sending.clock.advance(Duration.ofMinutes(-5));
    sender.step(1);

    assertThat(sending.twilio.accountRequests()).isEqualTo(1);
  }

  @Test
  void aTrialThatConcernsTheMessageAloneLetsTheOthersGo() {
    sending.queue(ana, "one");
    sending.twilio.script(Fault.SUSPENDED, Fault.INVALID_NUMBER);
    sender.step(1);
    sending.clock.advance(Duration.ofMillis(1));
    // It is due before the one that was refused, which was put off.
    OutboundId trial = sending.queue(ben, "two").getFirst();
    stepsFor(Duration.ofSeconds(3));

    assertThat(sending.state(trial)).isInstanceOf(Failed.class);
    assertThat(sentTo(ana)).containsExactly("one");
    assertThat(told).containsExactly("refused", "taken again");
  }

  /** Twilio says so of one pair of sender and learner, too. */
  @Test
  void aMessageThatIsRefusedLikeTheAccountDoesNotHoldTheOthers() {
    sending.twilio.rule(to -> to.equals(ana.value()) ? Fault.FOREIGN_SENDER : Fault.NONE);
    OutboundId first = sending.queue(ana, "one").getFirst();
    sender.step(1);
    sending.queue(ben, "two");
    stepsFor(Duration.ofSeconds(10));

    assertThat(sentTo(ben)).containsExactly("two");
    assertThat(sending.state(first))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.reason()).startsWith("Twilio error 21606: "));
    assertThat(sending.twilio.requests()).isEqualTo(3);
    assertThat(hold.refusal()).isEmpty();
    assertThat(told).containsExactly("refused", "taken again");
  }

  @Test
  void whileNothingIsTakenNoMessageIsGivenUp() {
    sending.twilio.rule(to -> Fault.FOREIGN_SENDER);
    OutboundId first = sending.queue(ana, "one").getFirst();
    OutboundId second = sending.queue(ben, "two").getFirst();
    stepsFor(Duration.ofHours(1));

    assertThat(sending.state(first)).isInstanceOf(Queued.class);
    assertThat(sending.state(second)).isInstanceOf(Queued.class);
    assertThat(told).containsExactly("refused");
  }

  /** How a thread fails that is to ask about the account, or to hand over the trial. */
  enum Broken {
    ASKING,
    ASKING_REFUSED,
    TRIAL,
    TRIAL_REFUSED
  }

  @ParameterizedTest
  @EnumSource
  void aThreadThatFailsDoesNotKeepTheHold(Broken how) {
    var armed = new AtomicReference<@Nullable Broken>();
    SmsSender failing =
        sending.sender(
            hold,
            failing(armed),
            task -> {
              Broken now = armed.get();
              if (now == Broken.ASKING_REFUSED || (now == Broken.TRIAL_REFUSED && isTrial())) {
                armed.set(null);
                throw new RejectedExecutionException("no thread");
              }
              task.run();
            });
    OutboundId first = sending.queue(ana, "one").getFirst();
    sending.twilio.script(Fault.SUSPENDED);
    failing.step(1);
    sending.clock.advance(Duration.ofSeconds(1));
    armed.set(how);
    assertThatThrownBy(() -> failing.step(1))
        .isInstanceOfAny(LinkageError.class, RejectedExecutionException.class);
    for (int i = 0; i < 60; i++) {
      failing.step(1);
      sending.clock.advance(Duration.ofSeconds(1));
    }

    assertThat(sentTo(ana)).containsExactly("one");
    assertThat(sending.state(first)).isInstanceOf(Sent.class);
    assertThat(hold.refusal()).isEmpty();
  }

  /** The account was asked about in this step already. */
  private boolean isTrial() {
    return sending.twilio.accountRequests() > 0;
  }

  private SmsGateway failing(AtomicReference<@Nullable Broken> armed) {
    return new SmsGateway() {
      private void failAt(Broken place) {
        if (armed.compareAndSet(place, null)) {
          throw new LinkageError("a class is missing");
        }
      }

      @Override
      public SendResult send(OutboundId id, OutboundMessage message) {
        failAt(Broken.TRIAL);
        return sending.gateway.send(id, message);
      }

      @Override
      public Lookup find(OutboundId id, OutboundMessage message, Instant since) {
        return sending.gateway.find(id, message, since);
      }

      @Override
      public Account account() {
        failAt(Broken.ASKING);
        return sending.gateway.account();
      }
    };
  }
}
