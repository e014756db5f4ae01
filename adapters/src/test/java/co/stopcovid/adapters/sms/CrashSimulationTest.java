package co.stopcovid.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.PostgresOutbox;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryEvent.Progress;
import co.stopcovid.sms.DeliveryReport;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.DeliveryState.Failed;
import co.stopcovid.sms.DeliveryState.Parked;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.SendClaims;
import co.stopcovid.sms.SendResult;
import co.stopcovid.sms.SmsCommit.Earlier;
import co.stopcovid.sms.SmsGateway;
import co.stopcovid.sms.SmsSender;
import co.stopcovid.testkit.twilio.FakeMessage;
import co.stopcovid.testkit.twilio.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process dies again and again between writing, sending and taking note, while the provider
 * loses answers and requests. Every message arrives once, in order; or never, and then the ledger
 * says so. A failing seed is in the test's name; {@code -Ddialog.seed=N} runs that one alone, and
 * {@code -Ddialog.seeds=N} runs so many in memory, {@code -Ddialog.postgres.seeds=N} so many on
 * PostgreSQL.
 */
final class CrashSimulationTest {
  private static final int LEARNERS = 4;
  private static final int MESSAGES = 12;
  private static final PostgresOutbox OUTBOX = new PostgresOutbox(Sending.GAP);

  /** Whether a message that goes out late begins the gap is left open for a sixth of it. */
  private static final Duration LEAST_GAP = Sending.GAP.minus(Sending.GAP.dividedBy(6));

  static Stream<Long> seeds() {
    return seeds("dialog.seeds", 40);
  }

  static Stream<Long> postgresSeeds() {
    return seeds("dialog.postgres.seeds", 15);
  }

  private static Stream<Long> seeds(String count, int usual) {
    Long seed = Long.getLong("dialog.seed");
    return seed != null
        ? Stream.of(seed)
        : Stream.iterate(1L, next -> next + 1).limit(Integer.getInteger(count, usual));
  }

  /** The process is gone: nothing may catch this and go on. */
  private static final class Crash extends Error {
    Crash(String point) {
      super(point, null, false, false);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyMessageArrivesOnceAndInOrder(long seed) {
    try (var sending = new Sending()) {
      new Course(sending, work -> {}, new Random(seed)).run();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("postgresSeeds")
  void everyMessageArrivesOnceAndInOrderWithPostgres(long seed) {
    OUTBOX.clear();
    try (var sending = new Sending(CrashSimulationTest::nextProcess, OUTBOX.elsewhere())) {
      new Course(sending, OUTBOX::undone, new Random(seed)).run();
    }
    assertThat(OUTBOX.open()).as("rows that are left").isZero();
  }

  @AfterAll
  static void close() {
    OUTBOX.close();
  }

  private static Sending.Outbox nextProcess() {
    OUTBOX.restart();
    return new Sending.Outbox(OUTBOX.queue(), OUTBOX.ledger());
  }

  /**
   * A learner wants nothing more, and messages are called for again later.
   *
   * @param version none up to it may be sent from then on
   * @param sent how many messages Twilio had at that time
   */
  private record OptOut(PhoneNumber phone, long version, int sent) {}

  private static Fault fault(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> Fault.LOST_ANSWER;
      case 1 -> Fault.LOST_REQUEST;
      case 2 -> Fault.ERROR_AFTER;
      case 3 -> Fault.ERROR_BEFORE;
      case 4 -> Fault.BUSY;
      case 5 -> Fault.GARBLED_ANSWER;
      default -> Fault.NONE;
    };
  }

  /** What happens with one seed. */
  private static final class Course {
    private final Sending sending;
    private final Consumer<Runnable> undone;
    private final Random random;
    private final List<PhoneNumber> phones = new ArrayList<>();
    private final Map<PhoneNumber, List<OutboundId>> queued = new HashMap<>();
    private final Map<PhoneNumber, Instant> planned = new HashMap<>();
    private final List<OptOut> optOuts = new ArrayList<>();

    /** Threads that have not talked to the provider yet. */
    private final List<Runnable> waiting = new ArrayList<>();

    private long epoch = 1;
    private SmsSender sender;

    /**
     * @param undone does something in a transaction that is rolled back
     */
    Course(Sending sending, Consumer<Runnable> undone, Random random) {
      this.sending = sending;
      this.undone = undone;
      this.random = random;
      for (int i = 0; i < LEARNERS; i++) {
        phones.add(new PhoneNumber("+1202555%04d".formatted(i)));
      }
      sending.twilio.rule(to -> fault(random));
      sender = mortal();
    }

    private SmsSender mortal() {
      return sending.sender(
          new MortalLedger(sending.outbox, random),
          new MortalGateway(sending.gateway, random),
          1_000,
          thread -> {
            if (random.nextInt(4) == 0) {
              waiting.add(thread);
            } else {
              thread.run();
            }
          });
    }

    void run() {
      int left = MESSAGES;
      for (int round = 0; left > 0 || !isSettled(); round++) {
        assertThat(round).as("rounds until everything is settled").isLessThan(3_000);
        if (left > 0 && random.nextInt(4) == 0) {
          left--;
          queue(anyone());
        } else if (random.nextInt(20) == 0 && waiting.isEmpty()) {
          // Not right after a claim: that message may be on its way.
          PhoneNumber phone = anyone();
          long version = sending.optOut(phone);
          optOuts.add(new OptOut(phone, version, sending.twilio.messages().size()));
        }
        sending.twilio.listing(random.nextInt(10) > 0);
        try {
          sender.step(epoch);
          if (random.nextInt(3) == 0) {
            talk();
          }
        } catch (Crash crash) {
          die();
        }
        if (random.nextInt(5) == 0) {
          report();
        }
        sending.clock.advance(Duration.ofMillis(random.nextInt(4_000)));
      }
      phones.forEach(this::check);
      optOuts.forEach(this::check);
    }

    private boolean isSettled() {
      return waiting.isEmpty() && sending.outbox.nextDue().isEmpty();
    }

    private PhoneNumber anyone() {
      return phones.get(random.nextInt(phones.size()));
    }

    private void queue(PhoneNumber phone) {
      // Equal texts, so that one could be taken for another.
      String[] texts =
          random.nextBoolean() ? new String[] {"Right!"} : new String[] {"Right!", "Next"};
      Instant now = sending.clock.instant();
      Instant due = Collections.max(List.of(now, planned.getOrDefault(phone, now)));
      planned.put(phone, due.plus(Sending.GAP.multipliedBy(texts.length)));
      SendClaims claims = random.nextBoolean() ? SendClaims.NONE : sender.claims(epoch);
      List<LedgerEntry> claimed = new ArrayList<>();
      if (random.nextInt(4) == 0) {
        undone.accept(
            () -> sending.queue(phone, MessageKind.REPLY, due, claims, entries -> {}, texts));
      }
      queued
          .computeIfAbsent(phone, key -> new ArrayList<>())
          .addAll(sending.queue(phone, MessageKind.REPLY, due, claims, claimed::addAll, texts));
      if (!claimed.isEmpty() && random.nextInt(5) == 0) {
        // Nobody knows of what is claimed.
        die();
      } else {
        sender.take(claimed);
      }
    }

    private void talk() {
      List<Runnable> threads = List.copyOf(waiting);
      waiting.clear();
      threads.forEach(Runnable::run);
    }

    private void die() {
      epoch++;
      waiting.clear();
      sending.restart();
      sender = mortal();
    }

    /** A report on any message, at any time, repeated or late. */
    private void report() {
      List<FakeMessage> messages = sending.twilio.messages();
      if (messages.isEmpty()) {
        return;
      }
      FakeMessage message = messages.get(random.nextInt(messages.size()));
      sending.reports.take(
          new DeliveryReport(
              new PhoneNumber(message.to()),
              random.nextBoolean() ? token(message) : null,
              message.sid(),
              random.nextBoolean() ? Progress.SENT : Progress.DELIVERED,
              "",
              false));
    }

    private void check(PhoneNumber phone) {
      List<String> arrived = new ArrayList<>();
      Instant last = Instant.MIN;
      for (FakeMessage message : sending.twilio.messages()) {
        if (message.to().equals(phone.value())) {
          arrived.add(token(message));
          assertThat(message.created()).as("gap before %s", message).isAfterOrEqualTo(last);
          last = message.created().plus(LEAST_GAP);
        }
      }
      List<String> expected = new ArrayList<>();
      for (OutboundId id : queued.getOrDefault(phone, List.of())) {
        DeliveryState state = sending.state(id);
        assertThat(
                state.providerId().isPresent()
                    || state instanceof Parked
                    || state.equals(new Failed(null, Earlier.Cancelled.OPTED_OUT)))
            .as("%s ended as %s", id, state)
            .isTrue();
        if (state.providerId().isPresent()) {
          expected.add(id.token());
        }
      }
      assertThat(arrived).as("what arrived at %s", phone).isEqualTo(expected);
    }

    private void check(OptOut optOut) {
      List<FakeMessage> messages = sending.twilio.messages();
      for (FakeMessage message : messages.subList(optOut.sent(), messages.size())) {
        if (message.to().equals(optOut.phone().value())) {
          assertThat(OutboundId.of(optOut.phone(), token(message)))
              .as("sent after %s", optOut)
              .hasValueSatisfying(id -> assertThat(id.version()).isGreaterThan(optOut.version()));
        }
      }
    }

    private static String token(FakeMessage message) {
      return String.valueOf(message.statusCallback()).replaceAll(".*message=", "");
    }
  }

  /** May die before and after each write. */
  private static final class MortalLedger extends ForwardingLedger {
    private final Random random;

    MortalLedger(OutboundLedger ledger, Random random) {
      super(ledger);
      this.random = random;
    }

    @Override
    public Set<OutboundId> write(Collection<LedgerEntry> entries) {
      die("before the write");
      Set<OutboundId> conflicts = super.write(entries);
      die("after the write");
      return conflicts;
    }

    private void die(String point) {
      if (random.nextInt(12) == 0) {
        throw new Crash(point);
      }
    }

    @Override
    public List<LedgerEntry> due(Instant now, int limit) {
      List<LedgerEntry> due = new ArrayList<>(super.due(now, limit));
      Collections.shuffle(due, random);
      return due;
    }
  }

  /** May die before and after each send. */
  private record MortalGateway(SmsGateway gateway, Random random) implements SmsGateway {
    @Override
    public SendResult send(OutboundId id, OutboundMessage message) {
      die("before the send");
      SendResult result = gateway.send(id, message);
      die("after the send");
      return result;
    }

    private void die(String point) {
      if (random.nextInt(12) == 0) {
        throw new Crash(point);
      }
    }

    @Override
    public Lookup find(OutboundId id, OutboundMessage message, Instant since) {
      return gateway.find(id, message, since);
    }
  }
}
