package co.stopcovid.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process dies again and again between writing, sending and taking note, while the provider
 * loses answers and requests. Every message arrives once, in order; or never, and then the ledger
 * says so. A failing seed is in the test's name; {@code -Ddialog.seed=N} runs that one alone, and
 * {@code -Ddialog.seeds=N} runs so many.
 */
final class CrashSimulationTest {
  private static final int LEARNERS = 4;
  private static final int MESSAGES = 12;

  static Stream<Long> seeds() {
    Long seed = Long.getLong("dialog.seed");
    return seed != null
        ? Stream.of(seed)
        : Stream.iterate(1L, next -> next + 1).limit(Integer.getInteger("dialog.seeds", 40));
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
    var random = new Random(seed);
    try (var sending = new Sending()) {
      List<PhoneNumber> phones = new ArrayList<>();
      for (int i = 0; i < LEARNERS; i++) {
        phones.add(new PhoneNumber("+1202555%04d".formatted(i)));
      }
      sending.twilio.rule(to -> fault(random));
      List<OptOut> optOuts = new ArrayList<>();
      Map<PhoneNumber, List<OutboundId>> queued = run(sending, phones, optOuts, random);
      check(sending, phones, queued);
      optOuts.forEach(optOut -> check(sending, optOut));
    }
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

  private static Map<PhoneNumber, List<OutboundId>> run(
      Sending sending, List<PhoneNumber> phones, List<OptOut> optOuts, Random random) {
    Map<PhoneNumber, List<OutboundId>> queued = new HashMap<>();
    int left = MESSAGES;
    long epoch = 1;
    SmsSender sender = mortal(sending, random);
    for (int round = 0; left > 0 || sending.outbox.nextDue().isPresent(); round++) {
      assertThat(round).as("rounds until everything is settled").isLessThan(3_000);
      if (left > 0 && random.nextInt(4) == 0) {
        PhoneNumber phone = phones.get(random.nextInt(phones.size()));
        // Equal texts, so that one could be taken for another.
        String[] texts =
            random.nextBoolean() ? new String[] {"Right!"} : new String[] {"Right!", "Next"};
        List<OutboundId> ids = queued.computeIfAbsent(phone, key -> new ArrayList<>());
        left--;
        if (random.nextBoolean()) {
          ids.addAll(sending.queue(phone, texts));
        } else {
          List<LedgerEntry> claimed = new ArrayList<>();
          Instant now = sending.clock.instant();
          SendClaims claims = sender.claims(epoch);
          ids.addAll(sending.queue(phone, MessageKind.REPLY, now, claims, claimed::addAll, texts));
          if (random.nextInt(5) == 0) {
            // The process dies before anybody knows of what is claimed.
            epoch++;
            sender = mortal(sending, random);
          } else {
            sender.take(claimed);
          }
        }
      } else if (random.nextInt(20) == 0) {
        // Not right after a claim: that message may be on its way.
        PhoneNumber phone = phones.get(random.nextInt(phones.size()));
        long version = sending.optOut(phone);
        optOuts.add(new OptOut(phone, version, sending.twilio.messages().size()));
      }
      sending.twilio.listing(random.nextInt(10) > 0);
      try {
        sender.step(epoch);
      } catch (Crash crash) {
        epoch++;
        sender = mortal(sending, random);
      }
      if (random.nextInt(5) == 0) {
        report(sending, random);
      }
      sending.clock.advance(Duration.ofMillis(random.nextInt(4_000)));
    }
    return queued;
  }

  private static SmsSender mortal(Sending sending, Random random) {
    return sending.sender(
        new MortalLedger(sending.outbox, random),
        new MortalGateway(sending.gateway, random),
        1_000,
        Runnable::run);
  }

  /** A report on any message, at any time, repeated or late. */
  private static void report(Sending sending, Random random) {
    List<FakeMessage> messages = sending.twilio.messages();
    if (messages.isEmpty()) {
      return;
    }
    FakeMessage message = messages.get(random.nextInt(messages.size()));
    String token = String.valueOf(message.statusCallback()).replaceAll(".*message=", "");
    sending.reports.take(
        new DeliveryReport(
            new PhoneNumber(message.to()),
            random.nextBoolean() ? token : null,
            message.sid(),
            random.nextBoolean() ? Progress.SENT : Progress.DELIVERED,
            "",
            false));
  }

  private static void check(
      Sending sending, List<PhoneNumber> phones, Map<PhoneNumber, List<OutboundId>> queued) {
    for (PhoneNumber phone : phones) {
      List<String> arrived = new ArrayList<>();
      for (FakeMessage message : sending.twilio.messages()) {
        if (message.to().equals(phone.value())) {
          arrived.add(String.valueOf(message.statusCallback()).replaceAll(".*message=", ""));
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
  }

  private static void check(Sending sending, OptOut optOut) {
    List<FakeMessage> messages = sending.twilio.messages();
    for (FakeMessage message : messages.subList(optOut.sent(), messages.size())) {
      if (message.to().equals(optOut.phone().value())) {
        String token = String.valueOf(message.statusCallback()).replaceAll(".*message=", "");
        assertThat(OutboundId.of(optOut.phone(), token))
            .as("sent after %s", optOut)
            .hasValueSatisfying(id -> assertThat(id.version()).isGreaterThan(optOut.version()));
      }
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
