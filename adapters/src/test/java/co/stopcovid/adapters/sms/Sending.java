package co.stopcovid.adapters.sms;

import co.stopcovid.adapters.inmemory.InMemoryOutbox;
import co.stopcovid.adapters.twilio.TwilioGateway;
import co.stopcovid.adapters.twilio.TwilioSettings;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryReports;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.MessageRules;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.sms.ProviderHold;
import co.stopcovid.sms.SendClaims;
import co.stopcovid.sms.SendRate;
import co.stopcovid.sms.SenderSettings;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCommit.Earlier;
import co.stopcovid.sms.SmsCursor;
import co.stopcovid.sms.SmsGateway;
import co.stopcovid.sms.SmsSender;
import co.stopcovid.sms.Takeover;
import co.stopcovid.testkit.RecordedCommands;
import co.stopcovid.testkit.TestClock;
import co.stopcovid.testkit.twilio.FakeTwilio;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A sender with everything around it, on a clock that goes when told to. */
final class Sending implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-11-22T17:00:00Z");
  static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  static final Duration GAP = Duration.ofSeconds(3);

  final TestClock clock = new TestClock(NOON);
  final FakeTwilio twilio = new FakeTwilio(clock);
  final RecordedCommands commands = new RecordedCommands();
  final TwilioGateway gateway =
      new TwilioGateway(
          new TwilioSettings(
              FakeTwilio.ACCOUNT_SID,
              FakeTwilio.AUTH_TOKEN,
              FakeTwilio.SERVICE_SID,
              twilio.url(),
              URI.create("https://dialog.example.org/webhooks/twilio"),
              Duration.ofSeconds(10)));
  final DeliveryReports reports;
  private final Supplier<Outbox> processes;
  private OutboundQueue queue;
  OutboundLedger outbox;

  /** What a process that sends has. */
  record Outbox(OutboundQueue queue, OutboundLedger ledger) {}

  Sending() {
    this(new InMemoryOutbox(GAP));
  }

  private Sending(InMemoryOutbox memory) {
    this(() -> new Outbox(memory, memory), memory);
  }

  /**
   * @param processes begins one, which takes over from the one before
   * @param elsewhere the ledger of those who take in reports
   */
  Sending(Supplier<Outbox> processes, OutboundLedger elsewhere) {
    this.processes = processes;
    this.reports = new DeliveryReports(elsewhere, commands, clock);
    Outbox first = processes.get();
    this.queue = first.queue();
    this.outbox = first.ledger();
  }

  /** The process is gone, and another one begins. */
  void restart() {
    Outbox next = processes.get();
    queue = next.queue();
    outbox = next.ledger();
  }

  @Override
  public void close() {
    twilio.close();
  }

  /** A sender whose thread talks to the provider itself. */
  SmsSender sender() {
    return sender(outbox, gateway, 1_000, Runnable::run);
  }

  /** The same, which says whether Twilio refuses us. */
  SmsSender sender(ProviderHold hold) {
    return sender(hold, gateway, Takeover.LONG_AGO, Runnable::run);
  }

  SmsSender sender(ProviderHold hold, SmsGateway to, Consumer<Runnable> threads) {
    return sender(hold, to, Takeover.LONG_AGO, threads);
  }

  /**
   * One that takes over now from those who are gone.
   *
   * @param isCertain whether they are dead for certain
   */
  SmsSender successor(long epoch, boolean isCertain) {
    outbox.takeOver(epoch, clock.instant());
    return sender(
        new ProviderHold(ProviderHold.Observer.NONE),
        gateway,
        SenderSettings.DEFAULT.takeover(isCertain, clock.instant()),
        Runnable::run);
  }

  private SmsSender sender(
      ProviderHold hold, SmsGateway to, Takeover takeover, Consumer<Runnable> threads) {
    return new SmsSender(
        outbox,
        to,
        commands,
        MessageRules.DEFAULT,
        SenderSettings.DEFAULT,
        takeover,
        new SendRate(1_000, clock::nanoTime),
        hold,
        threads,
        clock);
  }

  SmsSender sender(OutboundLedger ledger, SmsGateway to, double rate, Consumer<Runnable> threads) {
    return sender(ledger, to, SenderSettings.DEFAULT, rate, threads);
  }

  SmsSender sender(
      OutboundLedger ledger, SenderSettings settings, double rate, Consumer<Runnable> threads) {
    return sender(ledger, gateway, settings, rate, threads);
  }

  private SmsSender sender(
      OutboundLedger ledger,
      SmsGateway to,
      SenderSettings settings,
      double rate,
      Consumer<Runnable> threads) {
    return new SmsSender(
        ledger,
        to,
        commands,
        MessageRules.DEFAULT,
        settings,
        new SendRate(rate, clock::nanoTime),
        threads,
        clock);
  }

  /** Queues texts for a learner as replies that are due now, three seconds apart. */
  List<OutboundId> queue(PhoneNumber phone, String... texts) {
    return queue(phone, MessageKind.REPLY, clock.instant(), texts);
  }

  List<OutboundId> queue(PhoneNumber phone, MessageKind kind, Instant due, String... texts) {
    return queue(phone, kind, due, SendClaims.NONE, claimed -> {}, texts);
  }

  /** The same, for a sender that claims what it can at once. */
  List<OutboundId> queue(
      PhoneNumber phone,
      MessageKind kind,
      Instant due,
      SendClaims claims,
      Consumer<List<LedgerEntry>> whenClaimed,
      String... texts) {
    SmsCursor before = queue.cursors(Set.of(phone)).get(phone);
    long expected = before == null ? 0 : before.version();
    List<LedgerEntry> entries = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      entries.add(
          entry(
              new OutboundId(phone, expected + 1, i),
              kind,
              due.plus(GAP.multipliedBy(i)),
              texts[i]));
    }
    SmsCursor initial = SmsCursor.initial(phone);
    var cursor = new SmsCursor(phone, expected + 1, null, due, false, initial.traffic());
    whenClaimed.accept(
        queue
            .commit(List.of(new SmsCommit(expected, cursor, new Earlier.Kept(), entries)), claims)
            .claimed());
    return entries.stream().map(LedgerEntry::id).toList();
  }

  /**
   * The dialog says that the learner opted out.
   *
   * @return the version that says it
   */
  long optOut(PhoneNumber phone) {
    SmsCursor before = queue.cursors(Set.of(phone)).getOrDefault(phone, SmsCursor.initial(phone));
    var cursor =
        new SmsCursor(phone, before.version() + 1, null, before.lastDue(), false, before.traffic());
    var cancelled = new Earlier.Cancelled(clock.instant());
    queue.commit(List.of(new SmsCommit(before.version(), cursor, cancelled, List.of())));
    return cursor.version();
  }

  private LedgerEntry entry(OutboundId id, MessageKind kind, Instant due, String text) {
    Instant now = clock.instant();
    return new LedgerEntry(
        id,
        kind,
        new OutboundMessage(text, null),
        Set.of(NEW_YORK),
        now,
        due,
        now.plus(Duration.ofHours(24)),
        kind == MessageKind.REPLY ? now.plus(Duration.ofHours(1)) : null,
        DeliveryState.Queued.NEW,
        now,
        0);
  }

  LedgerEntry entry(OutboundId id) {
    return outbox.find(List.of(id)).getFirst();
  }

  DeliveryState state(OutboundId id) {
    return entry(id).state();
  }
}
