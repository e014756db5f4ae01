package co.stopcovid.standalone.console;

import co.stopcovid.adapters.content.ContentFailure;
import co.stopcovid.adapters.inmemory.InMemoryDeadLetters;
import co.stopcovid.adapters.inmemory.InMemoryDesk;
import co.stopcovid.adapters.inmemory.InMemoryMessageLog;
import co.stopcovid.adapters.inmemory.InMemoryOutbox;
import co.stopcovid.adapters.inmemory.InMemoryProgressStore;
import co.stopcovid.adapters.postgres.Backlog;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.desk.Desk;
import co.stopcovid.desk.Lags;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.ProviderHold;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCursor;
import co.stopcovid.sms.Traffic;
import co.stopcovid.sms.Undelivered;
import co.stopcovid.standalone.http.HttpLimits;
import co.stopcovid.standalone.phone.SimulatedPhones;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.RecordedCommands;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import io.javalin.Javalin;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The whole console on adapters in memory, and somebody who is signed in. */
final class ConsoleWorld implements AutoCloseable {
  static final List<DrillSlug> COURSE =
      List.of(new DrillSlug("01-soap"), new DrillSlug("02-masks"));
  private static final PublishedDrills DRILLS =
      new PublishedDrills(
          List.of(Samples.drill("01-soap"), Samples.drill("02-masks")),
          new EngineTexts(Samples.drill("01-soap").translations(), Samples.TABLES));
  private static final String PASSWORD = "password-for-tests";

  final TestClock clock = new TestClock(Samples.NOON);
  final InMemoryDesk memory = new InMemoryDesk();
  final InMemoryOutbox outbox = memory.outbox;
  final InMemoryMessageLog log = memory.log;
  final InMemoryProgressStore progress = memory.progress;
  final InMemoryDeadLetters letters = memory.letters;
  final RecordedCommands commands = new RecordedCommands();
  final Browser browser;
  volatile Optional<Backlog> backlog =
      Optional.of(
          new Backlog(
              List.of(new Lags.Lag("progress", 7, Duration.ofSeconds(200))), 3, 2, 1, 4, 5, 6, 7));
  volatile Optional<ContentFailure> content = Optional.empty();
  volatile List<Undelivered.Count> undelivered = List.of();
  volatile Optional<ProviderHold.Refusal> provider = Optional.empty();
  volatile Optional<String> reversal = Optional.empty();
  private final SimulatedPhones phones = new SimulatedPhones(clock);
  private final Javalin server;
  private final Map<PhoneNumber, Long> versions = new HashMap<>();
  private long seq;

  ConsoleWorld() throws Exception {
    Desk desk =
        memory.desk(
            commands, DRILLS, new Keywords(Samples.TABLES), (since, limit) -> undelivered, clock);
    var console =
        new Console(
            PASSWORD,
            null,
            clock,
            List.of(
                new OverviewSection(
                    () -> backlog,
                    () -> true,
                    () -> 8,
                    () -> content,
                    () -> provider,
                    () -> reversal,
                    desk.reports(),
                    clock),
                new LearnersSection(desk.learners(), desk.orders(), DRILLS),
                new AttentionSection(
                    desk.messages(), desk.held(), desk.learners(), desk.letters(), clock),
                new AuditSection(desk.reports()),
                new PhoneSection(phones, commands, log, clock)));
    server =
        Javalin.create(
                config -> {
                  HttpLimits.apply(config);
                  console.register(config);
                })
            .start("127.0.0.1", 0);
    browser = new Browser(URI.create("http://127.0.0.1:" + server.port()));
    browser.signIn(PASSWORD);
  }

  /** A learner registered and gave a name. */
  void register(PhoneNumber phone, String company, String name) {
    AccountInfo account = AccountInfo.of(Map.of("company", company));
    UserProfile profile =
        UserProfile.NEW.withValidation(false, account).withReply(ProfileKey.NAME, name);
    Instant now = clock.instant();
    progress.apply(
        List.of(
            new EventBatch(
                phone,
                SequenceNumber.of(++seq),
                1,
                now,
                profile,
                List.of(new DialogEvent.UserValidated(now, false, account)))),
        COURSE);
  }

  /** All that happened to a learner is known. */
  PhoneNumber follows(LearnerStory story) {
    memory.dialogs.commit(List.of(new DialogCommit(0, story.state(), story.batches())));
    progress.apply(story.batches(), COURSE);
    return story.phone();
  }

  /** A learner's message is in the log. */
  SequenceNumber says(PhoneNumber phone, String text, boolean unhandled) {
    clock.advance(Duration.ofSeconds(1));
    var number = SequenceNumber.of(++seq);
    log.receive(
        List.of(
            new ReceivedMessage(
                phone,
                number,
                clock.instant(),
                null,
                text,
                List.of("javascript:alert(1)", "https://media.example.org/1?a=b&c=d"),
                unhandled)));
    return number;
  }

  /** A message to a learner of whom nothing was sent before. */
  OutboundId hears(PhoneNumber phone, String text, @Nullable String media, DeliveryState state) {
    clock.advance(Duration.ofSeconds(1));
    Instant now = clock.instant();
    long version = versions.merge(phone, 1L, Long::sum);
    var id = new OutboundId(phone, version, 0);
    var entry =
        new LedgerEntry(
            id,
            MessageKind.REPLY,
            new OutboundMessage(text, media),
            Set.of(ZoneId.of("America/New_York")),
            now,
            now,
            now.plusSeconds(3_600),
            now.plusSeconds(3_600),
            state,
            now,
            0);
    var cursor = new SmsCursor(phone, version, null, now, false, Traffic.NONE);
    outbox.commit(
        List.of(new SmsCommit(version - 1, cursor, new SmsCommit.Earlier.Kept(), List.of(entry))));
    return id;
  }

  String page(String path) throws Exception {
    var answer = browser.get(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    browser.close();
    phones.close();
    server.stop();
  }
}
