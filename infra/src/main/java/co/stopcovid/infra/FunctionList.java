package co.stopcovid.infra;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Which functions a stage has, and what each may do. */
final class FunctionList {
  /** Environments that send what is due; the queue that wakes them allows no fewer. */
  static final int WAKERS = 2;

  static final String WEBHOOK = "webhook";
  static final String COMMANDS = "commands";
  static final String WAITING_COMMANDS = "waiting-commands";
  static final String REGISTRATION = "registration";
  static final String DISTRIBUTOR = "message-distributor";
  static final String SENDER = "sender";
  static final String SEND_DUE = "send-due";
  static final String REPORTS = "delivery-reports";
  static final String PROGRESS = "progress";
  static final String MESSAGE_LOG = "message-log";
  static final String NEXT_DRILL = "next-drill";
  static final String INITIATOR = "initiator";
  static final String REMINDER = "reminder";
  static final String ENROL = "enrol";
  static final String MIGRATE = "migrate";
  static final String REDRIVE = "redrive";

  static final List<String> NAMES =
      List.of(
          WEBHOOK,
          COMMANDS,
          WAITING_COMMANDS,
          REGISTRATION,
          DISTRIBUTOR,
          SENDER,
          SEND_DUE,
          REPORTS,
          PROGRESS,
          MESSAGE_LOG,
          NEXT_DRILL,
          INITIATOR,
          REMINDER,
          ENROL,
          MIGRATE,
          REDRIVE);

  private final StageSettings settings;
  private final Abilities may;
  private final String publicUrl;

  /**
   * @param publicUrl what the world calls the stage by; Twilio signs it
   */
  FunctionList(StageSettings settings, Abilities abilities, String publicUrl) {
    this.settings = settings;
    this.may = abilities;
    this.publicUrl = publicUrl;
  }

  List<FunctionSpec> all() {
    return List.of(
        webhook(),
        commands(),
        waitingCommands(),
        registration(),
        distributor(),
        sender(),
        sendDue(),
        deliveryReports(),
        progress(),
        messageLog(),
        nextDrill(),
        initiator(),
        reminder(),
        enrol(),
        migrate(),
        redrive());
  }

  private FunctionSpec webhook() {
    // Twilio waits 15 seconds; what takes longer it sends again.
    return outside(
        WEBHOOK,
        "WebhookFunction",
        14,
        may.appendCommands(),
        may.send(DataQueues.REPORTS, "DELIVERY_REPORTS_QUEUE_URL"),
        failedCommandsQueue(),
        may.useTwilio(),
        address());
  }

  private FunctionSpec commands() {
    return outside(
        COMMANDS,
        "CommandFunction",
        60,
        may.consumeCommands(),
        may.commitDialogs(),
        may.claimKeys(),
        may.keepWaiting(),
        may.knowCodes(),
        may.obey(Rules.COMMANDS),
        may.readContent(),
        messageLogQueue(),
        may.send(DataQueues.CODES, "CODES_QUEUE_URL"),
        failedCommandsQueue());
  }

  private FunctionSpec waitingCommands() {
    return outside(
        WAITING_COMMANDS,
        "WaitingCommandsFunction",
        55,
        may.commitDialogs(),
        may.keepWaiting(),
        may.findWaiting(),
        may.knowCodes(),
        may.obey(Rules.COMMANDS),
        may.readContent(),
        messageLogQueue(),
        failedCommandsQueue());
  }

  private FunctionSpec registration() {
    return outside(
        REGISTRATION,
        "RegistrationFunction",
        55,
        may.consume(DataQueues.CODES),
        may.commitDialogs(),
        may.keepWaiting(),
        may.knowCodes(),
        may.obey(Rules.COMMANDS),
        may.readContent(),
        messageLogQueue(),
        failedCommandsQueue());
  }

  private FunctionSpec distributor() {
    return outside(
        DISTRIBUTOR,
        "MessageDistributorFunction",
        30,
        may.consumeEvents(),
        may.readVersions(),
        may.send(DataQueues.OUTBOUND, "OUTBOUND_QUEUE_URL"),
        failedEventsQueue());
  }

  private FunctionSpec sender() {
    return inNetwork(
        SENDER,
        "SenderFunction",
        60,
        may.consume(DataQueues.OUTBOUND),
        may.readHistory(),
        failedEventsQueue(),
        may.readVersions(),
        may.readContent(),
        may.useDatabase(DatabaseUser.SENDING),
        may.obey(Rules.SENDING),
        wakeQueue());
  }

  private FunctionSpec sendDue() {
    // It begins nothing in its last 20 seconds, so that the provider's answers are seen.
    return inNetwork(
        SEND_DUE,
        "SendDueFunction",
        60,
        may.consume(DataQueues.WAKE),
        may.useDatabase(DatabaseUser.SENDING),
        may.useTwilio(),
        may.appendCommands(),
        may.obey(Rules.SENDING),
        wakeQueue(),
        address(),
        may.know(Map.of("DIALOG_SMS_RATE", rate())),
        may.know(
            settings.twilioApiUrl().map(url -> Map.of("TWILIO_API_URL", url)).orElse(Map.of())));
  }

  private FunctionSpec deliveryReports() {
    return inNetwork(
        REPORTS,
        "DeliveryReportFunction",
        30,
        may.consume(DataQueues.REPORTS),
        may.useDatabase(DatabaseUser.SENDING),
        may.obey(Rules.LEDGER),
        may.appendCommands(),
        failedEventsQueue());
  }

  private FunctionSpec progress() {
    return inNetwork(
        PROGRESS,
        "ProgressFunction",
        60,
        may.consumeEvents(),
        may.readHistory(),
        may.readVersions(),
        may.useDatabase(DatabaseUser.PROGRESS),
        may.readContent(),
        may.appendCommands(),
        failedEventsQueue());
  }

  private FunctionSpec messageLog() {
    return inNetwork(
        MESSAGE_LOG,
        "MessageLogFunction",
        30,
        may.consume(DataQueues.MESSAGE_LOG),
        may.useDatabase(DatabaseUser.MESSAGE_LOG),
        failedEventsQueue());
  }

  private FunctionSpec nextDrill() {
    return inNetwork(
        NEXT_DRILL,
        "NextDrillFunction",
        900,
        may.useDatabase(DatabaseUser.PROGRESS),
        may.readContent(),
        may.scheduleDrills(),
        progressRules());
  }

  private FunctionSpec initiator() {
    return inNetwork(
        INITIATOR,
        "InitiatorFunction",
        55,
        may.useDatabase(DatabaseUser.PROGRESS),
        may.readContent(),
        may.startScheduled(),
        may.readDialogs(),
        may.readHistory(),
        may.readVersions(),
        may.appendCommands(),
        progressRules());
  }

  private FunctionSpec reminder() {
    return inNetwork(
        REMINDER,
        "ReminderFunction",
        240,
        may.useDatabase(DatabaseUser.PROGRESS),
        may.appendCommands(),
        progressRules());
  }

  private FunctionSpec enrol() {
    return inNetwork(
        ENROL, "EnrolFunction", 55, may.useDatabase(DatabaseUser.PROGRESS), may.readContent());
  }

  private FunctionSpec migrate() {
    return inNetwork(MIGRATE, "MigrateFunction", 900, may.migrateDatabase());
  }

  private FunctionSpec redrive() {
    return inNetwork(
        REDRIVE,
        "RedriveFunction",
        300,
        may.drain(DataQueues.FAILED_COMMANDS, "FAILED_COMMANDS_QUEUE_URL"),
        may.drain(DataQueues.FAILED_EVENTS, "FAILED_EVENTS_QUEUE_URL"),
        may.appendCommands(),
        may.send(DataQueues.OUTBOUND, "OUTBOUND_QUEUE_URL"),
        failedEventsQueue(),
        may.readHistory(),
        may.readVersions(),
        may.useDatabase(DatabaseUser.REDRIVE),
        may.obey(Rules.LEDGER),
        may.readContent());
  }

  /** Each environment keeps to its share, and the number of environments is bounded. */
  private String rate() {
    return Double.toString(settings.smsRate() / WAKERS);
  }

  private Ability progressRules() {
    return joined(
        may.obey(Rules.PROGRESS),
        may.know(
            Map.of(
                "DIALOG_DAILY_TIME",
                settings.dailyTime().format(DateTimeFormatter.ofPattern("HH:mm")))));
  }

  private Ability address() {
    return may.know(Map.of("DIALOG_PUBLIC_URL", publicUrl));
  }

  private Ability messageLogQueue() {
    return may.send(DataQueues.MESSAGE_LOG, "MESSAGE_LOG_QUEUE_URL");
  }

  private Ability wakeQueue() {
    return may.send(DataQueues.WAKE, "WAKE_QUEUE_URL");
  }

  private Ability failedCommandsQueue() {
    return may.send(DataQueues.FAILED_COMMANDS, "FAILED_COMMANDS_QUEUE_URL");
  }

  private Ability failedEventsQueue() {
    return may.send(DataQueues.FAILED_EVENTS, "FAILED_EVENTS_QUEUE_URL");
  }

  private static Ability joined(Ability... abilities) {
    var all = new FunctionSpec("", "", 0, 0, false, List.of(abilities));
    return new Ability(all.environment(), all.statements());
  }

  private static FunctionSpec outside(String name, String type, int seconds, Ability... abilities) {
    return new FunctionSpec(name, type, 1769, seconds, false, List.of(abilities));
  }

  private static FunctionSpec inNetwork(
      String name, String type, int seconds, Ability... abilities) {
    return new FunctionSpec(name, type, 1024, seconds, true, List.of(abilities));
  }
}
