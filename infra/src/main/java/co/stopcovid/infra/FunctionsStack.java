package co.stopcovid.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.constructs.Construct;

/** The functions of a stage, what feeds them, and the address that Twilio calls. */
final class FunctionsStack extends Stack {
  /** Environments that read each of the two queues nobody waits for; each has connections. */
  static final int PATIENT_READERS = 4;

  /** Environments that ask the registration service, each for ten learners at once. */
  static final int REGISTRATION_READERS = 10;

  private final Map<String, DeployedFunction> functions = new LinkedHashMap<>();
  private final Map<String, String> streamMappings = new LinkedHashMap<>();
  private final StageSettings settings;
  private final Arns arns;
  private final WebhookApi api;

  FunctionsStack(Construct scope, StageSettings settings, DataStack data, DatabaseStack database) {
    super(
        scope,
        settings.names().stack("functions"),
        StackProps.builder()
            .description("Dialog Engine: functions, webhook and schedules")
            .build());
    this.settings = settings;
    this.arns = new Arns(this, settings.names());
    this.api = new WebhookApi(this, settings);
    // They find their tables and queues by name, which tells CDK nothing.
    addStackDependency(data);
    String publicUrl = settings.publicUrl().orElseGet(api::endpoint);
    var list = new FunctionList(settings, new Abilities(settings, arns, data, database), publicUrl);
    for (FunctionSpec spec : list.all()) {
      functions.put(spec.name(), new DeployedFunction(this, spec, settings, arns, database));
    }
    migrateFirst();
    api.route(function(FunctionList.WEBHOOK).live());
    map(data.eventStreamArn());
    schedule();
    output("WebhookUrl", publicUrl + WebhookApi.PATH);
  }

  String apiId() {
    return api.id();
  }

  /** The ids of the mappings of streams, by function. */
  Map<String, String> streamMappings() {
    return Map.copyOf(streamMappings);
  }

  private DeployedFunction function(String name) {
    DeployedFunction function = functions.get(name);
    if (function == null) {
      throw new IllegalArgumentException("no function " + name);
    }
    return function;
  }

  /** New code of what uses the database goes live only once the database is as it expects. */
  private void migrateFirst() {
    DeployedFunction migrate = function(FunctionList.MIGRATE);
    CustomResource migration =
        CustomResource.Builder.create(this, "migration")
            .serviceToken(migrate.live().getFunctionArn())
            .resourceType("Custom::DatabaseMigration")
            .properties(Map.of("Version", migrate.version()))
            .build();
    for (DeployedFunction function : functions.values()) {
      if (function.spec().inNetwork() && function != migrate) {
        function.live().getNode().addDependency(migration);
      }
    }
  }

  private void map(String eventStreamArn) {
    var mappings = new Mappings(this, functions, arns.bucket(DataStack.FAILED_RECORDS));
    keep(
        FunctionList.COMMANDS,
        mappings.stream(FunctionList.COMMANDS, arns.commandStream(), 500, Mappings.COMMANDS_AGE));
    for (String reader : List.of(FunctionList.DISTRIBUTOR, FunctionList.PROGRESS)) {
      keep(reader, mappings.stream(reader, eventStreamArn, 100, Mappings.EVENTS_AGE));
    }
    mappings.queue(FunctionList.SENDER, queue(DataQueues.OUTBOUND), settings.senders());
    mappings.queue(FunctionList.SEND_DUE, queue(DataQueues.WAKE), FunctionList.WAKERS);
    mappings.queue(FunctionList.REGISTRATION, queue(DataQueues.CODES), REGISTRATION_READERS);
    mappings.patientQueue(FunctionList.REPORTS, queue(DataQueues.REPORTS), PATIENT_READERS);
    mappings.patientQueue(FunctionList.MESSAGE_LOG, queue(DataQueues.MESSAGE_LOG), PATIENT_READERS);
  }

  private void keep(String function, CfnEventSourceMapping mapping) {
    streamMappings.put(function, mapping.getRef());
  }

  private void schedule() {
    var schedules = new Schedules(this, settings.names());
    schedules.daily(function(FunctionList.NEXT_DRILL), settings.dailyTime());
    schedules.besides(
        function(FunctionList.NEXT_DRILL),
        "chosen-sessions",
        "rate(5 minutes)",
        "{\"chosen\":true}");
    schedules.often(function(FunctionList.INITIATOR), "rate(1 minute)");
    schedules.often(function(FunctionList.WAITING_COMMANDS), "rate(1 minute)");
    schedules.often(function(FunctionList.REMINDER), "rate(5 minutes)");
    schedules.often(function(FunctionList.ENROL), "rate(1 minute)");
    schedules.message("wake", "rate(1 minute)", queue(DataQueues.WAKE), "wake");
  }

  private String queue(String name) {
    return arns.queue(DataQueues.name(settings.names(), name));
  }

  private void output(String name, String value) {
    CfnOutput.Builder.create(this, name).value(value).build();
  }
}
