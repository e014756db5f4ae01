package co.stopcovid.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.sms.DeliveryEvent;
import co.stopcovid.sms.DeliveryEvent.Progress;
import co.stopcovid.sms.DeliveryReport;
import co.stopcovid.sms.DeliveryReports;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.DeliveryState.Delivered;
import co.stopcovid.sms.DeliveryState.Failed;
import co.stopcovid.sms.DeliveryState.Parked;
import co.stopcovid.sms.DeliveryState.Queued;
import co.stopcovid.sms.DeliveryState.Sent;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.SendResult;
import co.stopcovid.sms.SenderSettings;
import co.stopcovid.sms.SmsGateway;
import co.stopcovid.sms.SmsSender;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.twilio.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SmsSenderTest {
  private final Sending sending = new Sending();
  private final PhoneNumber ana = Samples.newLearner();
  private final PhoneNumber ben = Samples.newLearner();
  private final PhoneNumber cid = Samples.newLearner();

  @AfterEach
  void close() {
    sending.close();
  }

  private void advance(Duration time) {
    sending.clock.advance(time);
  }

  private List<String> sentTo(PhoneNumber phone) {
    return sending.twilio.textsTo(phone.value());
  }

  @Test
  void aLearnersMessagesGoOutOneAfterAnother() {
    List<OutboundId> ids = sending.queue(ana, "one", "two");
    SmsSender sender = sending.sender();

    SmsSender.Step step = sender.step(1);
    assertThat(sentTo(ana)).containsExactly("one");
    assertThat(step.started()).isEqualTo(1);
    assertThat(step.finished()).extracting(LedgerEntry::id).containsExactly(ids.getFirst());
    assertThat(step.wake()).contains(Sending.NOON.plusSeconds(3));
    assertThat(sender.step(1).started()).isZero();

    advance(Duration.ofSeconds(3));
    assertThat(sender.step(1).wake()).isEmpty();
    assertThat(sentTo(ana)).containsExactly("one", "two");
    assertThat(sending.state(ids.getLast())).isInstanceOf(Sent.class);
  }

  /** However late the sender is, the gap stays, because networks do not keep order. */
  @Test
  void aBacklogKeepsTheGap() {
    sending.queue(ana, "one", "two");
    advance(Duration.ofMinutes(5));
    SmsSender sender = sending.sender();
    sender.step(1);
    sender.step(1);
    assertThat(sentTo(ana)).containsExactly("one");
    advance(Duration.ofSeconds(3));
    sender.step(1);
    assertThat(sentTo(ana)).containsExactly("one", "two");
  }

  @Test
  void aMessageStandsAsBeingSentBeforeItIsHandedOver() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    List<Object> states = new ArrayList<>();
    SmsGateway watched =
        new SmsGateway() {
          @Override
          public SendResult send(OutboundId sent, OutboundMessage message) {
            states.add(sending.state(sent));
            return new SendResult.Accepted("SM1");
          }

          @Override
          public Lookup find(OutboundId asked, OutboundMessage message, Instant since) {
            throw new AssertionError("nothing is in doubt");
          }
        };
    sending.sender(sending.outbox, watched, 10, Runnable::run).step(5);

    assertThat(states).containsExactly(new DeliveryState.Sending(1, 0, 5));
    assertThat(sending.state(id)).isEqualTo(new Sent("SM1"));
  }

  /** However long a step takes, a learner who waits is not kept waiting. */
  @Test
  void whatIsClaimedIsHandedOverBetweenSteps() {
    SmsSender sender = sending.sender();
    sender.step(1);
    OutboundId id =
        sending
            .queue(
                ana,
                MessageKind.REPLY,
                sending.clock.instant(),
                sender.claims(1),
                sender::take,
                "x")
            .getFirst();
    assertThat(sender.handOver()).isEqualTo(1);

    assertThat(sentTo(ana)).containsExactly("x");
    assertThat(sending.state(id)).as("the answer waits").isInstanceOf(DeliveryState.Sending.class);
    assertThat(sender.step(1).finished()).extracting(LedgerEntry::id).containsExactly(id);
    assertThat(sending.state(id)).isInstanceOf(Sent.class);
  }

  /** Answers that are not written yet take no place at the provider. */
  @Test
  void whoHasAnsweredMakesRoom() {
    List<Runnable> talks = new ArrayList<>();
    var one =
        new SenderSettings(
            1,
            SenderSettings.DEFAULT.staleClaim(),
            SenderSettings.DEFAULT.settleAfter(),
            SenderSettings.DEFAULT.lookupDelay(),
            SenderSettings.DEFAULT.firstBackoff(),
            SenderSettings.DEFAULT.longestBackoff());
    SmsSender sender = sending.sender(sending.outbox, one, 1_000, talks::add);
    sender.step(1);
    for (PhoneNumber phone : List.of(ana, ben)) {
      sending.queue(
          phone, MessageKind.REPLY, sending.clock.instant(), sender.claims(1), sender::take, "x");
    }
    sender.handOver();
    assertThat(talks).as("one at a time").hasSize(1);
    talks.removeFirst().run();
    sender.handOver();

    assertThat(talks).hasSize(1);
    assertThat(sender.inFlight()).as("one talks, one answer waits").isEqualTo(2);
  }

  @Test
  void theRateLimitHoldsForAllLearnersTogether() {
    List<PhoneNumber> phones = Samples.newLearners(7);
    phones.forEach(phone -> sending.queue(phone, "hello"));
    SmsSender sender = sending.sender(sending.outbox, sending.gateway, 3, Runnable::run);

    List<Integer> sent = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      SmsSender.Step step = sender.step(1);
      sent.add(step.started());
      step.wake().ifPresent(sending.clock::advanceTo);
    }
    assertThat(sent).containsExactly(3, 1, 1, 1);
    assertThat(Duration.between(Sending.NOON, sending.clock.instant()))
        .isBetween(Duration.ofMillis(1_333), Duration.ofMillis(1_340));
  }

  @Test
  void whatTwilioHasNoTimeForIsTriedAgainLater() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    sending.twilio.script(Fault.BUSY, Fault.BUSY);
    SmsSender sender = sending.sender();

    Optional<Instant> wake = sender.step(1).wake();
    assertThat(wake).contains(Sending.NOON.plusSeconds(2));
    assertThat(sending.state(id)).isEqualTo(new Queued(1, 0));
    sending.queue(ben, "hello");
    assertThat(sender.step(1).started()).as("a pause for all").isZero();

    sending.clock.advanceTo(wake.orElseThrow());
    sender.step(1);
    advance(Duration.ofSeconds(2));
    sender.step(1);
    assertThat(sentTo(ana)).containsExactly("one");
    assertThat(sentTo(ben)).containsExactly("hello");
  }

  @Test
  void whatTwilioRefusesFailsAndTheNextGoesOn() {
    List<OutboundId> ids = sending.queue(ana, "one", "two");
    sending.twilio.script(Fault.INVALID_NUMBER);
    SmsSender sender = sending.sender();
    assertThat(sender.step(1).finished()).hasSize(1);
    advance(Duration.ofSeconds(3));
    sender.step(1);

    assertThat(sending.state(ids.getFirst()))
        .isEqualTo(new Failed(null, "Twilio error 21211: no such number"));
    assertThat(sentTo(ana)).containsExactly("two");
    assertThat(sending.commands.all()).isEmpty();
  }

  @Test
  void anOptOutAtTwilioReachesTheDialog() {
    List<OutboundId> ids = sending.queue(ana, "one", "two");
    sending.twilio.unsubscribe(ana.value());
    SmsSender sender = sending.sender();
    sending.commands.failWith(new IllegalStateException("down"));

    assertThatThrownBy(() -> sender.step(1)).hasMessage("down");
    assertThatThrownBy(() -> sender.step(1)).hasMessage("down");
    assertThat(sending.twilio.requests()).as("the answer is kept").isEqualTo(1);
    sending.commands.recover();
    sender.step(1);

    assertThat(sending.state(ids.getFirst())).isInstanceOf(Failed.class);
    assertThat(sending.commands.all())
        .singleElement()
        .isInstanceOfSatisfying(
            ReceiveSms.class,
            stop -> {
              assertThat(stop.phone()).isEqualTo(ana);
              assertThat(Samples.TABLES.english().keywords().providerOptOut())
                  .contains(stop.body());
            });
  }

  @Test
  void whatIsInDoubtWhenTheLearnerOptsOutIsNotSentAgain() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    sending.twilio.script(Fault.LOST_REQUEST);
    SmsSender sender = sending.sender();
    sender.step(1);
    sending.optOut(ana);
    advance(Duration.ofSeconds(5));
    sender.step(1);
    sender.step(1);

    assertThat(sentTo(ana)).isEmpty();
    assertThat(sending.state(id)).isEqualTo(new Failed(null, "the learner opted out"));
    assertThat(sending.outbox.nextDue()).isEmpty();
  }

  @Test
  void whatTwilioHadNoTimeForIsNotSentAfterAnOptOut() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    sending.twilio.script(Fault.BUSY);
    Queue<Runnable> tasks = new ArrayDeque<>();
    SmsSender sender = sending.sender(sending.outbox, sending.gateway, 10, tasks::add);
    sender.step(1);
    tasks.remove().run();
    sending.optOut(ana);
    sender.step(1);
    advance(Duration.ofMinutes(1));
    sender.step(1);
    tasks.forEach(Runnable::run);

    assertThat(sentTo(ana)).isEmpty();
    assertThat(sending.state(id)).isEqualTo(new Failed(null, "the learner opted out"));
  }

  @Test
  void whatWasTakenBeforeTheOptOutIsKnownAsSent() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    sending.twilio.script(Fault.LOST_ANSWER);
    SmsSender sender = sending.sender();
    sender.step(1);
    sending.optOut(ana);
    advance(Duration.ofSeconds(5));
    sender.step(1);

    assertThat(sending.state(id)).isInstanceOf(Sent.class);
  }

  /** Whatever goes wrong in a thread, its learner's other messages go on. */
  @Test
  void aThreadThatDiesLeavesItsMessageInDoubt() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    AtomicBoolean broken = new AtomicBoolean(true);
    SmsGateway dying =
        new SmsGateway() {
          @Override
          public SendResult send(OutboundId sent, OutboundMessage message) {
            if (broken.getAndSet(false)) {
              throw new LinkageError("a class is missing");
            }
            return sending.gateway.send(sent, message);
          }

          @Override
          public Lookup find(OutboundId asked, OutboundMessage message, Instant since) {
            return sending.gateway.find(asked, message, since);
          }
        };
    Queue<Runnable> tasks = new ArrayDeque<>();
    SmsSender sender = sending.sender(sending.outbox, dying, 10, tasks::add);
    sender.step(1);
    assertThatThrownBy(() -> tasks.remove().run()).isInstanceOf(LinkageError.class);
    for (int i = 0; i < 3; i++) {
      sender.step(1);
      tasks.forEach(Runnable::run);
      tasks.clear();
      advance(Duration.ofSeconds(5));
    }
    sender.step(1);

    assertThat(sender.inFlight()).isZero();
    assertThat(sentTo(ana)).containsExactly("one");
    assertThat(sending.state(id)).isInstanceOf(Sent.class);
  }

  /** A loop without a pause would take a processor for as long as the thread hangs. */
  @Test
  void whileAThreadHangsTheSenderDoesNotSpin() {
    sending.queue(ana, "one");
    List<Runnable> tasks = new ArrayList<>();
    SmsSender sender = sending.sender(sending.outbox, sending.gateway, 10, tasks::add);
    sender.step(1);
    advance(Duration.ofSeconds(30));

    assertThat(sender.step(1).wake())
        .hasValueSatisfying(
            wake -> assertThat(wake).isAfterOrEqualTo(sending.clock.instant().plusMillis(50)));
    assertThat(tasks).hasSize(1);
  }

  /** It was called for before the one in doubt, but sent just now. */
  @Test
  void anEqualMessageThatWaitedLongIsNoEvidence() {
    Instant later = Sending.NOON.plus(Duration.ofHours(1));
    sending.queue(ana, MessageKind.START, later, "Right!");
    advance(Duration.ofMinutes(30));
    OutboundId last = sending.queue(ana, MessageKind.START, later, "Right!").getFirst();
    sending.clock.set(later);
    SmsSender sender = sending.sender();
    sender.step(1);
    advance(Duration.ofSeconds(3));
    sending.twilio.script(Fault.LOST_REQUEST);
    sender.step(1);
    advance(Duration.ofSeconds(5));
    sender.step(1);
    sender.step(1);

    assertThat(sentTo(ana)).containsExactly("Right!", "Right!");
    assertThat(sending.state(last)).isEqualTo(new Sent(sending.twilio.messages().getLast().sid()));
  }

  @Test
  void aLostAnswerIsSettledByAsking() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    sending.twilio.script(Fault.LOST_ANSWER);
    SmsSender sender = sending.sender();
    assertThat(sender.step(1).wake()).contains(Sending.NOON.plusSeconds(5));
    advance(Duration.ofSeconds(5));
    sender.step(1);

    assertThat(sentTo(ana)).containsExactly("one");
    assertThat(sending.state(id)).isEqualTo(new Sent(sending.twilio.messages().getFirst().sid()));
  }

  @Test
  void aLostRequestIsTriedOnceMore() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    sending.twilio.script(Fault.LOST_REQUEST);
    SmsSender sender = sending.sender();
    sender.step(1);
    advance(Duration.ofSeconds(5));
    sender.step(1);
    sender.step(1);

    assertThat(sentTo(ana)).containsExactly("one");
    assertThat(sending.state(id)).isInstanceOf(Sent.class);
  }

  @Test
  void whatIsLostTwiceIsParkedAndTheNextGoesOn() {
    List<OutboundId> ids = sending.queue(ana, "one", "two");
    sending.twilio.script(Fault.ERROR_BEFORE, Fault.LOST_REQUEST);
    SmsSender sender = sending.sender();
    for (int i = 0; i < 8; i++) {
      sender.step(1);
      advance(Duration.ofSeconds(5));
    }

    assertThat(sending.state(ids.getFirst())).isInstanceOf(Parked.class);
    assertThat(sentTo(ana)).containsExactly("two");
    assertThat(sending.outbox.parked(10)).hasSize(1);

    LedgerEntry parked = sending.entry(ids.getFirst());
    Instant now = sending.clock.instant();
    sending.outbox.write(List.of(parked.after(new DeliveryEvent.Released(), now, now)));
    sender.step(1);
    assertThat(sentTo(ana)).containsExactly("two", "one");
  }

  /** "Right!" is sent again and again; an earlier one is no proof that this one arrived. */
  @Test
  void anEqualMessageThatIsKnownIsNoEvidence() {
    List<OutboundId> ids = sending.queue(ana, "Right!", "Right!");
    SmsSender sender = sending.sender();
    sender.step(1);
    advance(Duration.ofSeconds(3));
    sending.twilio.script(Fault.LOST_REQUEST);
    sender.step(1);
    advance(Duration.ofSeconds(5));
    sender.step(1);
    sender.step(1);

    assertThat(sentTo(ana)).containsExactly("Right!", "Right!");
    assertThat(sending.state(ids.getLast()))
        .isEqualTo(new Sent(sending.twilio.messages().getLast().sid()));
  }

  @Test
  void whileTwilioDoesNotSayTheMessageWaits() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    sending.twilio.script(Fault.LOST_ANSWER);
    sending.twilio.listing(false);
    SmsSender sender = sending.sender();
    for (int i = 0; i < 10; i++) {
      sender.step(1);
      advance(Duration.ofMinutes(1));
    }
    assertThat(sending.state(id)).isInstanceOf(DeliveryState.Sending.class);

    sending.twilio.listing(true);
    sender.step(1);
    assertThat(sending.state(id)).isInstanceOf(Sent.class);
    assertThat(sending.twilio.requests()).isEqualTo(1);
  }

  @Test
  void whatTwilioNeverSaysIsParkedInTheEnd() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    sending.twilio.script(Fault.LOST_ANSWER);
    sending.twilio.listing(false);
    SmsSender sender = sending.sender();
    sender.step(1);
    advance(Duration.ofHours(24));
    sender.step(1);

    assertThat(sending.state(id)).isInstanceOf(Parked.class);
    assertThat(sentTo(ana)).hasSize(1);
  }

  /** The process ended between claim and answer; another one takes over. */
  @Test
  void whatACrashLeftIsAskedAboutBeforeItIsSentAgain() {
    OutboundId gone = sending.queue(ana, "arrived").getFirst();
    OutboundId lost = sending.queue(ben, "never left").getFirst();
    Queue<Runnable> tasks = new ArrayDeque<>();
    sending.sender(sending.outbox, sending.gateway, 10, tasks::add).step(1);
    assertThat(tasks).hasSize(2);
    sending.gateway.send(gone, sending.entry(gone).message());

    SmsSender next = sending.sender();
    assertThat(next.step(2).started()).isZero();
    advance(Duration.ofSeconds(24));
    assertThat(next.step(2).started()).as("the old one may still be at it").isZero();
    advance(Duration.ofSeconds(1));
    next.step(2);
    next.step(2);

    assertThat(sentTo(ana)).containsExactly("arrived");
    assertThat(sentTo(ben)).containsExactly("never left");
    assertThat(sending.state(lost)).isInstanceOf(Sent.class);

    // The old process wakes up again, and keeps its hands off.
    tasks.forEach(Runnable::run);
    assertThat(sending.twilio.messages()).hasSize(2);
  }

  /** The list of messages has them some seconds after they were taken. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoTakesOverBelievesAtOnceThatAMessageIsThereAndLaterThatItIsNot(boolean isCertain) {
    sending.twilio.listLag(Duration.ofSeconds(4));
    OutboundId seen = sending.queue(ana, "listed").getFirst();
    OutboundId hidden = sending.queue(ben, "not listed yet").getFirst();
    OutboundId lost = sending.queue(cid, "never left").getFirst();
    sending.sender(sending.outbox, sending.gateway, 10, task -> {}).step(1);
    sending.gateway.send(seen, sending.entry(seen).message());
    advance(Duration.ofSeconds(4));
    sending.gateway.send(hidden, sending.entry(hidden).message());
    advance(Duration.ofSeconds(1));

    SmsSender next = sending.successor(2, isCertain);
    next.step(2);
    assertThat(sending.state(seen)).isInstanceOf(Sent.class);
    assertThat(sending.state(hidden)).isInstanceOf(DeliveryState.Sending.class);
    assertThat(sending.state(lost)).isInstanceOf(DeliveryState.Sending.class);

    advance(Duration.ofSeconds(isCertain ? 3 : 5));
    next.step(2);
    next.step(2);
    assertThat(sentTo(ana)).containsExactly("listed");
    assertThat(sentTo(ben)).containsExactly("not listed yet");
    assertThat(sentTo(cid)).containsExactly("never left");
    assertThat(sending.state(hidden)).isInstanceOf(Sent.class);
  }

  @Test
  void whatACrashLeftIsAskedAboutLessAndLessOften() {
    sending.queue(ana, "one");
    sending.sender(sending.outbox, sending.gateway, 10, task -> {}).step(1);
    sending.twilio.listing(false);
    SmsSender next = sending.successor(2, true);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Instant wake = next.step(2).wake().orElseThrow();
      waits.add(Duration.between(sending.clock.instant(), wake).toSeconds());
      sending.clock.set(wake);
    }

    assertThat(waits).containsExactly(1L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
  }

  @Test
  void anAskingTakesItsShareOfTheRate() {
    Samples.newLearners(5).forEach(phone -> sending.queue(phone, "hello"));
    sending.sender(sending.outbox, sending.gateway, 1_000, task -> {}).step(1);
    sending.twilio.listing(false);
    advance(SenderSettings.DEFAULT.settleAfter());
    List<Runnable> askings = new ArrayList<>();
    SmsSender next = sending.sender(sending.outbox, sending.gateway, 2, askings::add);
    next.step(2);
    next.step(2);

    assertThat(askings).hasSize(2);
  }

  /** It would be out of order once a person had released it. */
  @Test
  void whatOneCrashAfterTheOtherLeftIsStillSent() {
    OutboundId id = sending.queue(ana, "one", "two").getFirst();
    for (int epoch = 1; epoch < 10; epoch += 2) {
      sending.sender(sending.outbox, sending.gateway, 10, task -> {}).step(epoch);
      assertThat(sending.state(id))
          .as("claimed, and not handed over")
          .isInstanceOf(DeliveryState.Sending.class);
      advance(Duration.ofSeconds(25));
      sending.sender().step(epoch + 1);
      assertThat(sending.state(id)).as("asked about").isInstanceOf(DeliveryState.Queued.class);
    }
    SmsSender last = sending.sender();
    last.step(11);
    advance(Duration.ofSeconds(3));
    last.step(11);

    assertThat(sentTo(ana)).containsExactly("one", "two");
  }

  @Test
  void aMessageThatIsHeldTooLongIsNotHandedOver() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    Queue<Runnable> tasks = new ArrayDeque<>();
    SmsSender sender = sending.sender(sending.outbox, sending.gateway, 10, tasks::add);
    sender.step(1);
    advance(Duration.ofSeconds(6));
    tasks.remove().run();
    assertThat(sending.twilio.requests()).isZero();
    sender.step(1);
    tasks.remove().run();
    sender.step(1);

    assertThat(sentTo(ana)).containsExactly("one");
    assertThat(sending.state(id)).isInstanceOf(Sent.class);
  }

  @Test
  void anAnswerThatCannotBeWrittenIsKept() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    var broken = new BrokenLedger(sending.outbox);
    SmsSender sender = sending.sender(broken, sending.gateway, 10, Runnable::run);
    broken.failAfterWrites(1);
    assertThatThrownBy(() -> sender.step(1)).isInstanceOf(BrokenLedger.Outage.class);
    assertThatThrownBy(() -> sender.step(1)).isInstanceOf(BrokenLedger.Outage.class);
    broken.recover();
    sender.step(1);

    assertThat(sentTo(ana)).containsExactly("one");
    assertThat(sending.state(id)).isInstanceOf(Sent.class);
  }

  @Test
  void whatIsLeftOverInTheEveningWaitsForTheMorning() {
    sending.queue(ana, MessageKind.START, Sending.NOON, "start");
    OutboundId reply = sending.queue(ben, "reply").getFirst();
    // 21:00 in New York. The answer is nine hours old; nobody waits for it any more.
    advance(Duration.ofHours(9));
    SmsSender sender = sending.sender();
    assertThat(sender.step(1).wake()).contains(Sending.NOON.plus(Duration.ofHours(20)));
    assertThat(sending.state(reply)).isEqualTo(Queued.NEW);

    sending.clock.set(Sending.NOON.plus(Duration.ofHours(20)));
    sender.step(1);
    assertThat(sentTo(ana)).containsExactly("start");
    assertThat(sentTo(ben)).containsExactly("reply");
  }

  @Test
  void whatIsTooOldIsNotSent() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    advance(Duration.ofHours(24));
    assertThat(sending.sender().step(1).finished()).hasSize(1);

    assertThat(sending.state(id)).isInstanceOf(Failed.class);
    assertThat(sending.twilio.requests()).isZero();
  }

  @Test
  void whileTwilioIsOutOfReachNothingIsGivenUp() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    SmsGateway unreachable =
        new SmsGateway() {
          @Override
          public SendResult send(OutboundId sent, OutboundMessage message) {
            return new SendResult.Unavailable("no route");
          }

          @Override
          public Lookup find(OutboundId asked, OutboundMessage message, Instant since) {
            throw new AssertionError("nothing is in doubt");
          }
        };
    SmsSender sender = sending.sender(sending.outbox, unreachable, 10, Runnable::run);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Instant wake = sender.step(1).wake().orElseThrow();
      waits.add(Duration.between(sending.clock.instant(), wake).toSeconds());
      sending.clock.set(wake);
    }
    assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    assertThat(sending.state(id)).isEqualTo(new Queued(9, 0));
  }

  @Test
  void aReportMayComeBeforeTheAnswer() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    Queue<Runnable> tasks = new ArrayDeque<>();
    SmsSender sender = sending.sender(sending.outbox, sending.gateway, 10, tasks::add);
    sender.step(1);
    tasks.remove().run();
    String sid = sending.twilio.messages().getFirst().sid();
    assertThat(report(id.token(), sid, Progress.DELIVERED))
        .isEqualTo(DeliveryReports.Outcome.WRITTEN);
    sender.step(1);

    assertThat(sending.state(id)).isEqualTo(new Delivered(sid));
    assertThat(report(null, sid, Progress.SENT)).isEqualTo(DeliveryReports.Outcome.NO_NEWS);
    assertThat(sending.state(id)).isEqualTo(new Delivered(sid));
  }

  @Test
  void aReportSettlesALostAnswer() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    sending.twilio.script(Fault.LOST_ANSWER);
    sending.sender().step(1);
    String sid = sending.twilio.messages().getFirst().sid();
    report(id.token(), sid, Progress.SENT);

    assertThat(sending.state(id)).isEqualTo(new Sent(sid));
  }

  @Test
  void reportsOnOtherMessagesAreTold() {
    OutboundId id = sending.queue(ana, "one").getFirst();

    assertThat(report(null, "SM9", Progress.SENT))
        .isEqualTo(DeliveryReports.Outcome.UNKNOWN_MESSAGE);
    assertThat(report("77-0", "SM9", Progress.SENT))
        .isEqualTo(DeliveryReports.Outcome.UNKNOWN_MESSAGE);
    assertThat(report("nonsense", "SM9", Progress.SENT))
        .isEqualTo(DeliveryReports.Outcome.UNKNOWN_MESSAGE);
    assertThat(report(id.token(), "SM9", Progress.SENT))
        .as("it was never handed over")
        .isEqualTo(DeliveryReports.Outcome.UNKNOWN_MESSAGE);
    assertThat(sending.state(id)).isEqualTo(Queued.NEW);
  }

  @Test
  void aReportOfAnOptOutReachesTheDialogOnce() {
    OutboundId id = sending.queue(ana, "one").getFirst();
    sending.sender().step(1);
    String sid = sending.twilio.messages().getFirst().sid();
    var report = new DeliveryReport(ana, id.token(), sid, Progress.FAILED, "failed, 21610", true);
    sending.reports.take(report);
    sending.reports.take(report);

    assertThat(sending.commands.all()).hasSize(1);
    assertThat(sending.state(id)).isEqualTo(new Failed(sid, "failed, 21610"));
  }

  private DeliveryReports.Outcome report(@Nullable String token, String sid, Progress progress) {
    return sending.reports.take(new DeliveryReport(ana, token, sid, progress, "", false));
  }

  /** Two processes that both believe the lease to be theirs: the ledger lets only one claim. */
  @Test
  void twoSendersSendEachMessageOnce() throws InterruptedException {
    List<PhoneNumber> phones = Samples.newLearners(100);
    phones.forEach(phone -> sending.queue(phone, "hello"));
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SmsSender sender = sending.sender();
      long epoch = i;
      senders.add(Thread.ofPlatform().start(() -> sender.step(epoch)));
    }
    for (Thread thread : senders) {
      thread.join();
    }

    for (PhoneNumber phone : phones) {
      assertThat(sentTo(phone)).containsExactly("hello");
    }
  }

  @Test
  void aThousandLearnersGetTheirMessagesInOrderAtTheSameTime() throws InterruptedException {
    List<PhoneNumber> phones = Samples.newLearners(1_000);
    phones.forEach(phone -> sending.queue(phone, "one", "two", "three"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SmsSender sender = sending.sender(sending.outbox, sending.gateway, 10_000, threads::execute);
      int sent = 0;
      while (sent < 3_000) {
        SmsSender.Step step = sender.step(1);
        sent += step.finished().size();
        if (sender.inFlight() > 0) {
          sender.await(Duration.ofSeconds(5));
        } else {
          step.wake().ifPresent(sending.clock::advanceTo);
        }
      }
    }
    for (PhoneNumber phone : phones) {
      assertThat(sentTo(phone)).containsExactly("one", "two", "three");
    }
  }

  /** Queues one message, claimed by the sender if it does. */
  private List<LedgerEntry> queueFor(SmsSender sender, PhoneNumber phone, MessageKind kind) {
    List<LedgerEntry> claimed = new ArrayList<>();
    Instant now = sending.clock.instant();
    sending.queue(phone, kind, now, sender.claims(1), claimed::addAll, "Right!");
    return claimed;
  }

  @Test
  void aMessageThatWasClaimedAsItWasQueuedIsHandedOver() {
    SmsSender sender = sending.sender();
    sender.step(1);
    List<LedgerEntry> claimed = queueFor(sender, ana, MessageKind.REPLY);
    assertThat(claimed).hasSize(1);
    assertThat(sending.entry(claimed.getFirst().id())).isEqualTo(claimed.getFirst());

    sender.take(claimed);
    SmsSender.Step step = sender.step(1);

    assertThat(step.started()).isEqualTo(1);
    assertThat(sentTo(ana)).containsExactly("Right!");
    assertThat(sending.state(claimed.getFirst().id())).isInstanceOf(DeliveryState.Sent.class);
  }

  /** Between the commit of an answer and the moment when the sender takes the mark away. */
  @Test
  void whatIsClaimedAsTheMessageBeforeEndsIsHandedOver() {
    AtomicReference<SmsSender> sender = new AtomicReference<>();
    var ledger =
        new ForwardingLedger(sending.outbox) {
          @Override
          public Set<OutboundId> write(Collection<LedgerEntry> entries) {
            Set<OutboundId> conflicts = super.write(entries);
            if (entries.stream().anyMatch(entry -> entry.state() instanceof Sent)
                && sentTo(ana).size() == 1) {
              advance(Duration.ofSeconds(3));
              List<LedgerEntry> claimed = queueFor(sender.get(), ana, MessageKind.REPLY);
              assertThat(claimed).hasSize(1);
              sender.get().take(claimed);
              assertThat(sender.get().handOver()).isZero();
            }
            return conflicts;
          }
        };
    sender.set(sending.sender(ledger, sending.gateway, 10, Runnable::run));
    sender.get().step(1);
    sending.queue(ana, "one");
    sender.get().step(1);

    assertThat(sender.get().handOver()).isEqualTo(1);
    assertThat(sentTo(ana)).containsExactly("one", "Right!");
  }

  @Test
  void noMoreAreClaimedThanTheRateAllows() {
    SmsSender sender = sending.sender(sending.outbox, sending.gateway, 2, Runnable::run);
    assertThat(queueFor(sender, ana, MessageKind.REPLY)).as("before the first step").isEmpty();
    sender.step(1);
    List<LedgerEntry> claimed = new ArrayList<>();
    for (PhoneNumber phone : Samples.newLearners(5)) {
      claimed.addAll(queueFor(sender, phone, MessageKind.REPLY));
    }

    assertThat(claimed).hasSize(1);
    sender.take(claimed);
    sender.step(1);
    assertThat(sending.twilio.messages()).hasSize(2);
    assertThat(queueFor(sender, ben, MessageKind.REPLY)).isEmpty();
  }

  @Test
  void whatMayNotGoOutNowIsNotClaimed() {
    SmsSender sender = sending.sender();
    advance(Duration.ofHours(10));
    sender.step(1);

    assertThat(queueFor(sender, ana, MessageKind.START)).as("in the night").isEmpty();
    assertThat(queueFor(sender, ben, MessageKind.REPLY)).as("an answer").hasSize(1);
  }

  @Test
  void aClaimThatIsTakenOnTooLateIsNotTrusted() {
    SmsSender sender = sending.sender();
    sender.step(1);
    List<LedgerEntry> claimed = queueFor(sender, ana, MessageKind.REPLY);
    advance(SenderSettings.DEFAULT.staleClaim().plusMillis(1));
    sender.take(claimed);
    SmsSender.Step step = sender.step(1);

    assertThat(step.started()).as("a new claim").isEqualTo(1);
    assertThat(sentTo(ana)).containsExactly("Right!");
  }

  @Test
  void aSenderThatStopsQueuesAgainWhatItDidNotHandOver() {
    SmsSender sender = sending.sender();
    sender.step(1);
    List<LedgerEntry> claimed = queueFor(sender, ana, MessageKind.REPLY);
    sender.take(claimed);
    sender.finish();

    assertThat(sentTo(ana)).isEmpty();
    assertThat(sending.state(claimed.getFirst().id())).isEqualTo(new DeliveryState.Queued(1, 0));
  }

  @Test
  void claimsDoNotPileUpWhileTheProviderHangs() {
    Deque<Runnable> hanging = new ArrayDeque<>();
    SmsSender sender = sending.sender(sending.outbox, settings(2), 1_000, hanging::add);
    for (PhoneNumber phone : Samples.newLearners(30)) {
      sender.step(1);
      sender.take(queueFor(sender, phone, MessageKind.REPLY));
    }

    assertThat(hanging).hasSize(2);
    long claimed =
        sending.outbox.due(sending.clock.instant().plusSeconds(60), 100).stream()
            .filter(entry -> entry.state() instanceof DeliveryState.Sending)
            .count();
    assertThat(claimed).as("four times as many as may be under way").isEqualTo(8);
  }

  @Test
  void nothingIsClaimedWhileClaimsWaitForTheirTurn() {
    Deque<Runnable> hanging = new ArrayDeque<>();
    SmsSender sender = sending.sender(sending.outbox, settings(2), 1_000, hanging::add);
    for (PhoneNumber phone : Samples.newLearners(4)) {
      sender.step(1);
      sender.take(queueFor(sender, phone, MessageKind.REPLY));
    }
    advance(Duration.ofSeconds(1));
    sender.step(1);

    assertThat(queueFor(sender, ana, MessageKind.REPLY)).isEmpty();
  }

  @Test
  void duringAPauseThatTheProviderAskedForNothingClaimedIsHandedOver() {
    SmsSender sender = sending.sender();
    sender.step(1);
    List<LedgerEntry> first = queueFor(sender, ana, MessageKind.REPLY);
    List<LedgerEntry> second = queueFor(sender, ben, MessageKind.REPLY);
    sending.twilio.rule(to -> to.equals(ana.value()) ? Fault.BUSY : Fault.NONE);
    sender.take(first);
    sender.step(1);
    sender.take(second);
    sender.step(1);

    assertThat(sentTo(ben)).isEmpty();
    advance(Duration.ofMinutes(2));
    sender.step(1);
    assertThat(sentTo(ben)).containsExactly("Right!");
  }

  private static SenderSettings settings(int mostInFlight) {
    SenderSettings usual = SenderSettings.DEFAULT;
    return new SenderSettings(
        mostInFlight,
        usual.staleClaim(),
        usual.settleAfter(),
        usual.lookupDelay(),
        usual.firstBackoff(),
        usual.longestBackoff());
  }
}
