package co.stopcovid.aws.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.inmemory.InMemoryOutbox;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.MessageRules;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.SendRate;
import co.stopcovid.sms.SendResult;
import co.stopcovid.sms.SenderSettings;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCursor;
import co.stopcovid.sms.SmsGateway;
import co.stopcovid.sms.SmsSender;
import co.stopcovid.testkit.RecordedCommands;
import co.stopcovid.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SendingTest {
  private static final Instant NOON = Instant.parse("2026-11-23T17:00:00Z");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final PhoneNumber ANA = new PhoneNumber("+12025550101");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TestClock clock = new TestClock(NOON);
  private final InMemoryOutbox outbox = new InMemoryOutbox(Duration.ZERO);
  private final List<String> sent = new ArrayList<>();
  private final List<Instant> woken = new ArrayList<>();
  private final RecordedCommands commands = new RecordedCommands();
  private @Nullable SendResult firstAnswer;
  private boolean refuses;
  private final WakeUps wakeUps = new WakeUps(outbox::nextDue, woken::add, clock);

  /** Takes everything at once. */
  private final SmsGateway provider =
      new SmsGateway() {
        @Override
        public SendResult send(OutboundId id, OutboundMessage message) {
          sent.add(message.body());
          SendResult answer = sent.size() == 1 ? firstAnswer : null;
          return answer == null ? new SendResult.Accepted("SM" + sent.size()) : answer;
        }

        @Override
        public Account account() {
          return refuses ? new Account.Refuses("suspended") : new Account.Open();
        }

        @Override
        public Lookup find(OutboundId id, OutboundMessage message, Instant since) {
          return new Lookup.NoAnswer("not asked here");
        }
      };

  private Sending sending(double rate, Consumer<Runnable> threads) {
    var sender =
        new SmsSender(
            outbox,
            provider,
            commands,
            MessageRules.DEFAULT,
            SenderSettings.DEFAULT,
            new SendRate(rate, clock::nanoTime),
            threads,
            clock);
    return new Sending(sender, wakeUps, clock);
  }

  /** It is called again when the account is to be asked; it does not wait until then. */
  @Test
  void whileTheProviderRefusesUsNothingIsTried() throws InterruptedException {
    firstAnswer = new SendResult.AccountRefused("suspended");
    refuses = true;
    Sending sending = sending(100, Runnable::run);
    queue(learner(1), clock.instant(), "one");
    queue(learner(2), clock.instant(), "two");
    sending.run(() -> MINUTE);
    assertThat(sent).hasSize(1);
    assertThat(woken).hasSize(1).allMatch(time -> time.isAfter(clock.instant()));

    clock.advance(MINUTE);
    sending.run(() -> MINUTE);
    assertThat(sent).hasSize(1);
    refuses = false;
    clock.advance(MINUTE);
    sending.run(() -> MINUTE);
    assertThat(sent).hasSize(3).contains("one", "two");
  }

  private void queue(PhoneNumber phone, Instant due, String text) {
    SmsCursor before = outbox.cursors(Set.of(phone)).getOrDefault(phone, SmsCursor.initial(phone));
    long version = before.version() + 1;
    var entry =
        new LedgerEntry(
            new OutboundId(phone, version, 0),
            MessageKind.REPLY,
            new OutboundMessage(text, null),
            Set.of(NEW_YORK),
            clock.instant(),
            due,
            clock.instant().plus(Duration.ofHours(24)),
            clock.instant().plus(Duration.ofHours(1)),
            DeliveryState.Queued.NEW,
            clock.instant(),
            0);
    var cursor = new SmsCursor(phone, version, null, due, false, before.traffic());
    outbox.commit(
        List.of(
            new SmsCommit(before.version(), cursor, new SmsCommit.Earlier.Kept(), List.of(entry))));
  }

  private static PhoneNumber learner(int number) {
    return new PhoneNumber("+1202555%04d".formatted(100 + number));
  }

  /** Each look at it takes a while. */
  private Supplier<Duration> left(Duration all, Duration each) {
    Instant end = clock.instant().plus(all);
    return () -> {
      clock.advance(each);
      return Duration.between(clock.instant(), end);
    };
  }

  private Supplier<Duration> left(Duration all) {
    return left(all, Duration.ZERO);
  }

  @Test
  void whatIsDueIsSentAndThenItEnds() throws InterruptedException {
    queue(ANA, NOON, "one");
    queue(learner(2), NOON, "two");

    sending(100, Runnable::run).run(left(MINUTE));

    assertThat(sent).containsExactlyInAnyOrder("one", "two");
    assertThat(woken).isEmpty();
  }

  @Test
  void whatBecomesDueWhileThereIsTimeIsWaitedFor() throws InterruptedException {
    queue(ANA, NOON.plusSeconds(30), "in half a minute");

    sending(100, Runnable::run).run(left(MINUTE, Duration.ofSeconds(10)));

    assertThat(sent).containsExactly("in half a minute");
    assertThat(woken).isEmpty();
  }

  @Test
  void whatIsDueAfterItsTimeButSoonIsWokenFor() throws InterruptedException {
    Instant soon = NOON.plusSeconds(50);
    queue(ANA, soon, "in 50 seconds");

    sending(100, Runnable::run).run(left(MINUTE));

    assertThat(sent).isEmpty();
    assertThat(woken).containsExactly(soon);
  }

  @Test
  void forWhatIsDueLaterNobodyIsWoken() throws InterruptedException {
    queue(ANA, NOON.plusSeconds(61), "in 61 seconds");

    sending(100, Runnable::run).run(left(MINUTE));

    assertThat(sent).isEmpty();
    assertThat(woken).isEmpty();
  }

  @Test
  void nothingIsBegunInTheLastTwentySeconds() throws InterruptedException {
    queue(ANA, NOON, "due");

    sending(100, Runnable::run).run(left(Duration.ofSeconds(20)));

    assertThat(sent).isEmpty();
    assertThat(woken).containsExactly(NOON);
  }

  @Test
  void aBacklogIsSentAtTheRateUntilTheTimeIsOverAndThenByTheNext() throws InterruptedException {
    IntStream.range(0, 9).forEach(number -> queue(learner(number), NOON, "text " + number));

    sending(2, Runnable::run).run(left(MINUTE, Duration.ofSeconds(10)));

    // One second's worth at each of three steps.
    assertThat(sent).hasSize(6).doesNotHaveDuplicates();
    assertThat(woken).containsExactly(clock.instant());
  }

  @Test
  void whatIsUnderWayAtTheEndIsWaitedFor() throws InterruptedException {
    queue(ANA, NOON, "slow");
    Deque<Runnable> talks = new ArrayDeque<>();

    sending(100, talks::add)
        .run(
            left(
                new Moment(60, () -> {}),
                new Moment(15, () -> assertThat(talks).hasSize(1)),
                new Moment(10, () -> talks.remove().run())));

    assertThat(sent).containsExactly("slow");
    assertThat(outbox.nextDue()).isEmpty();
  }

  @Test
  void aStepThatFailsLeavesNothingInFlight() {
    queue(ANA, NOON, "one");
    queue(learner(2), NOON, "two");
    Deque<Runnable> talks = new ArrayDeque<>();
    firstAnswer = new SendResult.OptedOut("stop");
    commands.failWith(new IllegalStateException("planted"));

    assertThatThrownBy(
            () ->
                sending(100, talks::add)
                    .run(
                        left(
                            new Moment(60, () -> {}),
                            new Moment(50, () -> talks.remove().run()),
                            // The step fails, and so does the first try to write the answer.
                            new Moment(40, () -> {}),
                            new Moment(
                                30,
                                () -> {
                                  commands.recover();
                                  talks.remove().run();
                                }))))
        .hasMessage("planted");

    assertThat(sent).containsExactlyInAnyOrder("one", "two");
    assertThat(commands.all()).hasSize(1);
    assertThat(outbox.nextDue()).isEmpty();
  }

  /** The seconds that are left, and what has happened by then. */
  private record Moment(int left, Runnable happened) {}

  /** One moment after the other; the last one stays. */
  private static Supplier<Duration> left(Moment... moments) {
    Deque<Moment> coming = new ArrayDeque<>(List.of(moments));
    return () -> {
      Moment now = coming.element();
      now.happened().run();
      if (coming.size() > 1) {
        coming.remove();
      } else {
        coming.clear();
        coming.add(new Moment(now.left(), () -> {}));
      }
      return Duration.ofSeconds(now.left());
    };
  }

  @Test
  void whoeverMakesMessagesDueWakesTheSender() {
    String done =
        wakeUps.whenDue(
            () -> {
              queue(ANA, NOON.plusSeconds(3), "soon");
              return "done";
            });

    assertThat(done).isEqualTo("done");
    assertThat(woken).containsExactly(NOON.plusSeconds(3));
  }

  @Test
  void whileAnEarlierMessageIsStillNextNobodyIsWokenAgain() {
    queue(ANA, NOON.minusSeconds(9), "waits for the rate");

    wakeUps.whenDue(
        () -> {
          queue(learner(2), NOON, "another");
          return 1;
        });

    assertThat(woken).isEmpty();
  }

  @Test
  void aWakeUpThatCannotBeSentDoesNotUndoTheWork() {
    var unreachable =
        new WakeUps(
            outbox::nextDue,
            due -> {
              throw new IllegalStateException("planted");
            },
            clock);

    unreachable.whenDue(
        () -> {
          queue(ANA, NOON, "taken in");
          return 1;
        });

    assertThat(outbox.nextDue()).isEqualTo(Optional.of(NOON));
  }
}
