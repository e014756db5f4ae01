package co.stopcovid.standalone.phone;

import co.stopcovid.adapters.inmemory.InMemoryMessageLog;
import co.stopcovid.adapters.inmemory.InMemoryOutbox;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.MessageRules;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.sms.SendRate;
import co.stopcovid.sms.SenderSettings;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCommit.Earlier;
import co.stopcovid.sms.SmsCursor;
import co.stopcovid.sms.SmsGateway;
import co.stopcovid.sms.SmsSender;
import co.stopcovid.sms.Traffic;
import co.stopcovid.standalone.http.BearerToken;
import co.stopcovid.standalone.http.HttpLimits;
import co.stopcovid.testkit.RecordedCommands;
import co.stopcovid.testkit.TestClock;
import io.javalin.Javalin;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A service with simulated phones whose process can be killed; ledger and log outlive it. */
public final class PhoneWorld implements AutoCloseable {
  public static final PhoneNumber ANA = new PhoneNumber("+12025550123");
  public static final String TOKEN = "the-token-of-the-api";
  static final Instant NOON = Instant.parse("2026-11-22T17:00:00Z");

  public final RecordedCommands commands = new RecordedCommands();
  final TestClock clock = new TestClock(NOON);
  final InMemoryOutbox outbox = new InMemoryOutbox(Duration.ofSeconds(3));
  final InMemoryMessageLog log = new InMemoryMessageLog(outbox);
  SimulatedPhones phones = new SimulatedPhones(clock);
  private final Semaphore appended = new Semaphore(0);
  private final Duration heartbeat;
  private @Nullable Javalin server;
  private int port;
  private int logged;
  private long version;

  public PhoneWorld() {
    this(Duration.ofSeconds(5));
  }

  PhoneWorld(Duration heartbeat) {
    this.heartbeat = heartbeat;
  }

  /** Starts a process, on the port of the one before. */
  public URI serve() {
    phones = new SimulatedPhones(clock);
    var token = new BearerToken(TOKEN);
    var routes =
        new PhoneRoutes(
            phones,
            this::append,
            log,
            context -> token.admits(context.header("Authorization")),
            clock,
            heartbeat);
    server =
        Javalin.create(
                config -> {
                  HttpLimits.apply(config);
                  routes.register(config);
                })
            .start("127.0.0.1", port);
    port = server.port();
    return URI.create("http://127.0.0.1:" + port);
  }

  private List<SequenceNumber> append(List<NewCommand> added) {
    List<SequenceNumber> numbers = commands.append(added);
    appended.release(added.size());
    return numbers;
  }

  /** Waits until so many more commands were taken in over HTTP. */
  public void awaitCommands(int count) throws InterruptedException {
    if (!appended.tryAcquire(count, 20, TimeUnit.SECONDS)) {
      throw new AssertionError("%d commands did not come".formatted(count));
    }
  }

  @Override
  public void close() {
    phones.close();
    if (server != null) {
      server.stop();
      server = null;
    }
  }

  /** Messages to Ana are called for, by one event batch. */
  public List<OutboundId> call(String... texts) {
    List<LedgerEntry> entries = new ArrayList<>();
    version++;
    Instant now = clock.instant();
    for (String text : texts) {
      entries.add(
          new LedgerEntry(
              new OutboundId(ANA, version, entries.size()),
              MessageKind.REPLY,
              new OutboundMessage(text, null),
              Set.of(ZoneId.of("America/New_York")),
              now,
              now,
              now.plusSeconds(3_600),
              now.plusSeconds(3_600),
              DeliveryState.Queued.NEW,
              now,
              0));
    }
    var cursor = new SmsCursor(ANA, version, null, now, false, Traffic.NONE);
    outbox.commit(List.of(new SmsCommit(version - 1, cursor, new Earlier.Kept(), entries)));
    return entries.stream().map(LedgerEntry::id).toList();
  }

  /** The sender of the process does what is due. */
  public void send() {
    send(phones);
  }

  void send(SmsGateway gateway) {
    new SmsSender(
            outbox,
            gateway,
            commands,
            MessageRules.DEFAULT,
            SenderSettings.DEFAULT,
            new SendRate(100, clock::nanoTime),
            Runnable::run,
            clock)
        .step(1);
  }

  /** Called for and sent. */
  public void say(String text) {
    call(text);
    clock.advance(Duration.ofSeconds(4));
    send();
  }

  /** The worker takes what was written into the log. */
  public void work() {
    var all = commands.all();
    for (; logged < all.size(); logged++) {
      var sms = (ReceiveSms) all.get(logged);
      log.receive(
          List.of(
              new ReceivedMessage(
                  sms.phone(),
                  SequenceNumber.of(logged + 1L),
                  clock.instant(),
                  sms.webhook().get("MessageSid"),
                  sms.body(),
                  List.of(),
                  false)));
    }
  }

  DeliveryState state(OutboundId id) {
    return outbox.find(List.of(id)).getFirst().state();
  }
}
