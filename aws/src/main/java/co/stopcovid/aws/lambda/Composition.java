package co.stopcovid.aws.lambda;

import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.adapters.phone.PhoneTimeZones;
import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseRole;
import co.stopcovid.adapters.postgres.DatabaseRoles;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.adapters.postgres.PostgresDueLearners;
import co.stopcovid.adapters.postgres.PostgresMessageLog;
import co.stopcovid.adapters.postgres.PostgresOutboundLedger;
import co.stopcovid.adapters.postgres.PostgresOutboundQueue;
import co.stopcovid.adapters.postgres.PostgresProgressStore;
import co.stopcovid.adapters.registration.AskedCodes;
import co.stopcovid.adapters.registration.HttpCodeService;
import co.stopcovid.adapters.report.LoggedNotices;
import co.stopcovid.adapters.sms.LoggedReports;
import co.stopcovid.adapters.sms.ProviderReport;
import co.stopcovid.adapters.twilio.TwilioGateway;
import co.stopcovid.adapters.twilio.TwilioIntake;
import co.stopcovid.adapters.twilio.TwilioSignature;
import co.stopcovid.aws.dynamo.DynamoCommandKeys;
import co.stopcovid.aws.dynamo.DynamoDialogStore;
import co.stopcovid.aws.dynamo.DynamoDrillSchedule;
import co.stopcovid.aws.dynamo.DynamoDrillVersions;
import co.stopcovid.aws.dynamo.DynamoEventHistory;
import co.stopcovid.aws.dynamo.DynamoRegistrationCodes;
import co.stopcovid.aws.dynamo.DynamoWaitingCommands;
import co.stopcovid.aws.handling.AwsFailures;
import co.stopcovid.aws.handling.CodeQuestions;
import co.stopcovid.aws.handling.CommandHandling;
import co.stopcovid.aws.handling.FailedBatches;
import co.stopcovid.aws.handling.MessageDistribution;
import co.stopcovid.aws.handling.ProgressHandling;
import co.stopcovid.aws.handling.QueueCodec;
import co.stopcovid.aws.handling.QueueReading;
import co.stopcovid.aws.handling.ReceivedMessages;
import co.stopcovid.aws.handling.Redrive;
import co.stopcovid.aws.handling.Sending;
import co.stopcovid.aws.handling.SmsConsumption;
import co.stopcovid.aws.handling.StreamPage;
import co.stopcovid.aws.handling.WakeUps;
import co.stopcovid.aws.handling.WebhookHandling;
import co.stopcovid.aws.kinesis.CommandRecords;
import co.stopcovid.aws.kinesis.KinesisCommandStream;
import co.stopcovid.aws.retry.Retries;
import co.stopcovid.aws.s3.S3DrillCatalogue;
import co.stopcovid.aws.sqs.FailureQueue;
import co.stopcovid.aws.sqs.FailureReader;
import co.stopcovid.aws.sqs.OutboundBatches;
import co.stopcovid.aws.sqs.QueueMessage;
import co.stopcovid.aws.sqs.QueueSender;
import co.stopcovid.aws.sqs.WakeQueue;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.progress.ChosenSessions;
import co.stopcovid.progress.DrillInitiator;
import co.stopcovid.progress.LearnerHours;
import co.stopcovid.progress.NextDrillScheduler;
import co.stopcovid.progress.ProgressStore;
import co.stopcovid.progress.ProgressUpdater;
import co.stopcovid.progress.ReminderSender;
import co.stopcovid.progress.Whereabouts;
import co.stopcovid.running.CaughtUpProgress;
import co.stopcovid.running.CommandIntake;
import co.stopcovid.running.CommandRetry;
import co.stopcovid.running.CommandSettling;
import co.stopcovid.running.Enrolment;
import co.stopcovid.running.EventFollower;
import co.stopcovid.running.EventPage;
import co.stopcovid.running.HalvedDecisions;
import co.stopcovid.running.ProgressFollowing;
import co.stopcovid.running.VerdictCalls;
import co.stopcovid.running.WaitingCommands;
import co.stopcovid.running.WaitingLearner;
import co.stopcovid.sms.DeliveryReport;
import co.stopcovid.sms.DeliveryReports;
import co.stopcovid.sms.MessageWriter;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.ProviderHold;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.sms.SendRate;
import co.stopcovid.sms.SendResult;
import co.stopcovid.sms.SenderSettings;
import co.stopcovid.sms.SmsConsumer;
import co.stopcovid.sms.SmsGateway;
import co.stopcovid.sms.SmsSender;
import co.stopcovid.sms.Takeover;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Puts the functions together, each from what its environment names. Nothing here connects to
 * anything: that is done by the first call, after a snapshot was taken.
 */
public final class Composition {
  private static final int CONNECTIONS = 2;
  private static final Duration CONTENT_INTERVAL = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration REGISTRATION_TIMEOUT = Duration.ofSeconds(3);

  /** Longer than a command can stay in the stream, which keeps a week. */
  private static final Duration KEEP_KEYS = Duration.ofDays(8);

  private static final Retries BACKOFF =
      Retries.sleeping(5, Duration.ofMillis(50), Duration.ofSeconds(1));

  private final AwsConfig config;
  private final Clients clients;
  private final InstantSource clock;
  private final Secrets secrets;
  private final LanguageTables languages = BuiltInLanguages.load();
  private final Keywords keywords = new Keywords(languages);
  private final Supplier<SmsGateway> gateway;
  private final Lazy<Database> database;
  private final Lazy<DynamoDrillVersions> drillVersions;
  private final DrillCatalogue catalogue;

  public Composition(AwsConfig config, Clients clients, InstantSource clock) {
    this(config, clients, clock, null);
  }

  /**
   * @param other a gateway in place of Twilio; null for Twilio
   */
  public Composition(
      AwsConfig config, Clients clients, InstantSource clock, @Nullable SmsGateway other) {
    this(config, clients, clock, other, null);
  }

  /**
   * @param other a gateway in place of Twilio; null for Twilio
   * @param drills what is taught in place of the bucket's content; null for that
   */
  Composition(
      AwsConfig config,
      Clients clients,
      InstantSource clock,
      @Nullable SmsGateway other,
      @Nullable DrillCatalogue drills) {
    this.config = config;
    this.clients = clients;
    this.clock = clock;
    this.secrets =
        new Secrets(
            arn -> clients.secrets().get().getSecretValue(r -> r.secretId(arn)).secretString(),
            clock);
    this.gateway = new Lazy<>(() -> other == null ? twilioGateway() : other);
    this.database = new Lazy<>(this::openDatabase);
    this.drillVersions =
        new Lazy<>(
            () -> new DynamoDrillVersions(clients.dynamo().get(), config.tables(), languages));
    this.catalogue = drills == null ? new AwaitedCatalogue(this::openCatalogue, clock) : drills;
  }

  /** From the environment of this process: the only place that reads it. */
  static Composition ofEnvironment() {
    return new Composition(
        AwsConfig.from(System.getenv()), Clients.standard(), InstantSource.system());
  }

  // ---- Commands

  public WebhookHandling webhook() {
    CommandStream commands = commandStream();
    QueueSender reports = queue(config.deliveryReportsQueue());
    Consumer<List<DeadLetter>> failed = failedCommands();
    String publicUrl = config.publicUrl();
    return new WebhookHandling(
        secrets.made(
            config.twilioSecret(),
            Secrets::twilio,
            account ->
                new TwilioIntake(
                    publicUrl,
                    new TwilioSignature(account.authTokens()),
                    commands,
                    report -> {
                      reports.send(List.of(QueueMessage.of(QueueCodec.encode(report))));
                      return DeliveryReports.Outcome.WRITTEN;
                    },
                    failed,
                    clock)));
  }

  public CommandHandling commands() {
    boolean asksService = config.registrationSecret() != null;
    QueueSender registration = queue(asksService ? config.codesQueue() : "");
    CommandSettling settling = settling(asksService ? Composition::askedElsewhere : storedCodes());
    return new CommandHandling(
        settling,
        new CommandIntake(
            settling, waitingCommandStore(), keywords, new CodeQuestions(registration)),
        commandKeys()::claim,
        Composition::decode);
  }

  public CommandRetry waitingCommands() {
    return new CommandRetry(
        settling(registrationCodes()),
        waitingCommandStore(),
        keywords,
        VerdictCalls.none(),
        WaitingLearner.MOST_COMMANDS);
  }

  private CommandSettling settling(RegistrationCodes codes) {
    QueueSender log = queue(config.messageLogQueue());
    var engine =
        new DialogEngine(
            dialogs(),
            drillVersions.get(),
            catalogue,
            codes,
            keywords,
            clock,
            config.rules().codeTries());
    var notices = new LoggedNotices(LoggerFactory.getLogger(CommandSettling.class));
    return new CommandSettling(
        new HalvedDecisions(engine::handle, notices, AwsFailures::kindOf),
        failedCommands(),
        new ReceivedMessages(
            messages ->
                log.send(messages.stream().map(QueueCodec::encode).map(QueueMessage::of).toList()),
            clock),
        notices,
        clock);
  }

  private static NewCommand decode(String record) {
    return CommandRecords.decode(record.getBytes(StandardCharsets.UTF_8));
  }

  private CommandStream commandStream() {
    return new KinesisCommandStream(
        clients.kinesis().get(), config.commandStream(), commandKeys(), BACKOFF);
  }

  private DynamoCommandKeys commandKeys() {
    return new DynamoCommandKeys(clients.dynamo().get(), config.tables(), clock, KEEP_KEYS);
  }

  private DynamoDialogStore dialogs() {
    return new DynamoDialogStore(clients.dynamo().get(), config.tables(), drillVersions.get());
  }

  private WaitingCommands waitingCommandStore() {
    return new DynamoWaitingCommands(clients.dynamo().get(), config.tables(), clock);
  }

  /** A slow service must not keep the commands of others, so that another function asks it. */
  private static Map<RegistrationCode, CodeVerdict> askedElsewhere(Set<RegistrationCode> codes) {
    return codes.stream()
        .collect(Collectors.toMap(code -> code, code -> new CodeVerdict.Pending()));
  }

  private RegistrationCodes storedCodes() {
    return new DynamoRegistrationCodes(clients.dynamo().get(), config.tables());
  }

  private RegistrationCodes registrationCodes() {
    String arn = config.registrationSecret();
    if (arn == null) {
      return storedCodes();
    }
    Supplier<AskedCodes> service = secrets.made(arn, Secrets::registration, this::askedCodes);
    return codes -> service.get().check(codes);
  }

  private AskedCodes askedCodes(Secrets.Registration registration) {
    String stage = registration.stage();
    var service =
        new HttpCodeService(
            registration.url(),
            registration.key(),
            stage == null ? config.stage() : stage,
            REGISTRATION_TIMEOUT,
            System::nanoTime);
    return new AskedCodes(
        service, REGISTRATION_TIMEOUT.plus(PATIENCE), code -> {}, System::nanoTime);
  }

  private DrillCatalogue openCatalogue() {
    return new S3DrillCatalogue(
        clients.s3().get(), config.contentBucket(), "", languages, clock, CONTENT_INTERVAL);
  }

  // ---- Messages

  /** What reads the stream of event batches. */
  Function<DynamodbEvent, StreamPage> eventReader() {
    return new EventRecords(drillVersions.get())::page;
  }

  public MessageDistribution messageDistribution() {
    return new MessageDistribution(
        new OutboundBatches(queue(config.outboundQueue()))::send,
        new FailedBatches(DeadLetter.MESSAGES, failedEvents(), clock));
  }

  public SmsConsumption smsConsumption() {
    LearnerHours hours = hours();
    var queue = new PostgresOutboundQueue(database.get(), config.rules().messages().gap());
    return new SmsConsumption(
        new SmsConsumer(
            queue,
            history(),
            drillVersions.get(),
            new MessageWriter(catalogue::texts),
            (phone, profile) -> hours.zones(Whereabouts.of(phone, profile), clock.instant()),
            config.rules().messages(),
            clock),
        new EventRecords(drillVersions.get())::decode,
        failedEvents(),
        clock);
  }

  public Sending sending() {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    var sender =
        new SmsSender(
            ledger(),
            gateway.get(),
            commandStream(),
            config.rules().messages(),
            SenderSettings.DEFAULT,
            Takeover.LONG_AGO,
            new SendRate(config.rules().rate(), System::nanoTime),
            new ProviderHold(new ProviderReport(LoggerFactory.getLogger(Sending.class))),
            threads::execute,
            clock);
    return new Sending(sender, wakeUps(), clock);
  }

  public WakeUps wakeUps() {
    return new WakeUps(
        ledger()::nextDue, new WakeQueue(queue(config.wakeQueue()), clock)::wakeAt, clock);
  }

  public QueueReading<DeliveryReport> deliveryReports() {
    var reports = new DeliveryReports(ledger(), commandStream(), clock);
    var logged =
        new LoggedReports(
            LoggerFactory.getLogger(DeliveryReports.class), reports::take, reason -> {});
    return new QueueReading<>(
        QueueReading.DELIVERY_REPORTS, QueueCodec::report, logged::take, failedEvents(), clock);
  }

  public QueueReading<ReceivedMessage> messageLog() {
    var log = new PostgresMessageLog(database.get());
    return new QueueReading<>(
        QueueReading.MESSAGE_LOG,
        QueueCodec::message,
        message -> log.receive(List.of(message)),
        failedEvents(),
        clock);
  }

  private SmsGateway twilioGateway() {
    URI callback = URI.create(config.publicUrl() + WebhookHandling.PATH);
    URI api = config.twilioApi();
    Supplier<TwilioGateway> twilio =
        secrets.made(
            config.twilioSecret(),
            Secrets::twilio,
            account -> new TwilioGateway(account.settings(api, callback)));
    return new SmsGateway() {
      @Override
      public SendResult send(OutboundId id, OutboundMessage message) {
        return twilio.get().send(id, message);
      }

      @Override
      public Account account() {
        return twilio.get().account();
      }

      @Override
      public Lookup find(OutboundId id, OutboundMessage message, Instant since) {
        return twilio.get().find(id, message, since);
      }
    };
  }

  private OutboundLedger ledger() {
    return new PostgresOutboundLedger(database.get(), Fence.NONE, config.rules().messages().gap());
  }

  // ---- Progress

  public ProgressHandling progress() {
    ProgressStore store = new PostgresProgressStore(database.get());
    return new ProgressHandling(
        new EventFollower(
            new ProgressFollowing(updater(store), initiator(store)),
            new FailedBatches(DeadLetter.PROGRESS, failedEvents(), clock)));
  }

  public Enrolment enrolment() {
    return new Enrolment(
        catalogue,
        new PostgresProgressStore(database.get()),
        CONTENT_INTERVAL.multipliedBy(2),
        clock);
  }

  public IntSupplier nextDrills() {
    var scheduler =
        new NextDrillScheduler(
            new PostgresDueLearners(database.get()),
            drillSchedule(),
            catalogue,
            hours(),
            config.rules().progress(),
            clock);
    return () ->
        config
            .rules()
            .progress()
            .scheduledDay(clock.instant(), config.rules().dailyTime())
            .map(scheduler::run)
            .orElse(0);
  }

  public IntSupplier chosenSessions() {
    return new ChosenSessions(
            new PostgresDueLearners(database.get()),
            new PostgresProgressStore(database.get()),
            drillSchedule(),
            catalogue,
            hours(),
            config.rules().progress(),
            clock)
        ::run;
  }

  public IntSupplier startDue() {
    ProgressStore store = new PostgresProgressStore(database.get());
    return initiator(new CaughtUpProgress(store, dialogs(), updater(store)))::startDue;
  }

  public IntSupplier reminders() {
    return new ReminderSender(
            new PostgresDueLearners(database.get()),
            commandStream(),
            hours(),
            config.rules().progress(),
            clock)
        ::run;
  }

  private ProgressUpdater updater(ProgressStore store) {
    return new ProgressUpdater(store, history(), catalogue);
  }

  private DrillInitiator initiator(ProgressStore store) {
    return new DrillInitiator(
        store,
        drillSchedule(),
        commandStream(),
        catalogue,
        hours(),
        config.rules().progress(),
        clock);
  }

  private DynamoDrillSchedule drillSchedule() {
    return new DynamoDrillSchedule(clients.dynamo().get(), config.tables());
  }

  private DynamoEventHistory history() {
    return new DynamoEventHistory(clients.dynamo().get(), config.tables(), drillVersions.get());
  }

  private LearnerHours hours() {
    return new LearnerHours(config.rules().hours(), new PhoneTimeZones(), config.rules().zone());
  }

  // ---- Operations

  /** Brings the database into shape, and gives the other functions' users their rights. */
  public Runnable migration() {
    AwsConfig.DatabaseConfig where = config.database();
    Supplier<Secrets.Login> login = secrets.made(where.secretArn(), Secrets::login, own -> own);
    Map<DatabaseRole, Supplier<DatabaseRoles.Login>> logins = new EnumMap<>(DatabaseRole.class);
    config
        .databaseUsers()
        .forEach(
            (role, arn) ->
                logins.put(
                    role,
                    secrets.made(
                        arn,
                        Secrets::login,
                        own -> new DatabaseRoles.Login(own.user(), own.password()))));
    return () -> {
      Secrets.Login user = login.get();
      Migrations.check(database.get());
      Migrations.migrate(new DatabaseUrl(where.jdbc(), user.user(), user.password()));
      Connections.settle(database.get());
      Map<DatabaseRole, DatabaseRoles.Login> users = new EnumMap<>(DatabaseRole.class);
      logins.forEach((role, each) -> users.put(role, each.get()));
      new DatabaseRoles(database.get()).grant(users);
    };
  }

  public Redrive redrive() {
    EventRecords records = new EventRecords(drillVersions.get());
    ProgressHandling progress = progress();
    var reports = new DeliveryReports(ledger(), commandStream(), clock);
    var log = new PostgresMessageLog(database.get());
    var outbound = new OutboundBatches(queue(config.outboundQueue()));
    return new Redrive(
        commandStream(),
        records::decode,
        Map.of(
            DeadLetter.MESSAGES,
            batch -> send(outbound, batch),
            DeadLetter.PROGRESS,
            batch ->
                progress.take(List.of(new EventPage.Entry.Intact(batch.id().toString(), batch)))),
        Map.of(
            QueueReading.DELIVERY_REPORTS, body -> reports.take(QueueCodec.report(body)),
            QueueReading.MESSAGE_LOG, body -> log.receive(List.of(QueueCodec.message(body)))));
  }

  private static void send(OutboundBatches outbound, EventBatch batch) {
    if (!outbound.send(List.of(batch)).isEmpty()) {
      throw new IllegalStateException("the outbound queue does not take batch " + batch.id());
    }
  }

  /** The failure queues, by the names that they are redriven by. */
  Map<String, FailureReader> failureQueues() {
    return Map.of(
        "commands", new FailureReader(clients.sqs().get(), config.failedCommandsQueue(), PATIENCE),
        "events", new FailureReader(clients.sqs().get(), config.failedEventsQueue(), PATIENCE));
  }

  // ---- What several use

  private QueueSender queue(String url) {
    return new QueueSender(clients.sqs().get(), url, BACKOFF);
  }

  private Consumer<List<DeadLetter>> failedCommands() {
    return new FailureQueue(queue(config.failedCommandsQueue()))::add;
  }

  private Consumer<List<DeadLetter>> failedEvents() {
    return new FailureQueue(queue(config.failedEventsQueue()))::add;
  }

  private Database openDatabase() {
    AwsConfig.DatabaseConfig where = config.database();
    Supplier<DatabaseUrl> login =
        secrets.made(
            where.secretArn(),
            Secrets::login,
            own -> new DatabaseUrl(where.jdbc(), own.user(), own.password()));
    return new Database(Connections.openBehindProxy(where.jdbc(), CONNECTIONS, login));
  }
}
