package co.stopcovid.infra;

import static co.stopcovid.infra.Ability.allow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** All that functions of a stage may do, each with exactly the actions that it takes. */
final class Abilities {
  private final StageSettings settings;
  private final Arns arns;
  private final DataStack data;
  private final DatabaseStack database;

  Abilities(StageSettings settings, Arns arns, DataStack data, DatabaseStack database) {
    this.settings = settings;
    this.arns = arns;
    this.data = data;
    this.database = database;
  }

  /** Appends commands, each message of the provider once. */
  Ability appendCommands() {
    return Ability.of(
            // Of many, those that came back are put again one by one, so that they stay in order.
            allow(List.of("kinesis:PutRecord", "kinesis:PutRecords"), arns.commandStream()),
            allow(List.of("dynamodb:BatchGetItem", "dynamodb:PutItem"), keys()))
        .knowing("COMMAND_STREAM", settings.names().commandStream());
  }

  /** What Lambda does in the function's name to read the command stream. */
  Ability consumeCommands() {
    return Ability.of(
        allow(
            List.of(
                "kinesis:DescribeStream",
                "kinesis:DescribeStreamSummary",
                "kinesis:GetRecords",
                "kinesis:GetShardIterator",
                "kinesis:ListShards"),
            arns.commandStream()),
        failedRecords());
  }

  /** What Lambda does in the function's name to read the stream of event batches. */
  Ability consumeEvents() {
    return Ability.of(
        allow(
            List.of("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
            data.eventStreamArn()),
        // Asked of a table, so it has the streams that the table had before, too.
        allow(List.of("dynamodb:ListStreams"), arns.table(DataTables.BATCHES) + "/stream/*"),
        failedRecords());
  }

  /** What Lambda does in the function's name to read a queue. */
  Ability consume(String queue) {
    return Ability.of(
        allow(
            List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
            queueArn(queue)));
  }

  /** Puts messages into a queue, whose address it finds in the variable. */
  Ability send(String queue, String variable) {
    return Ability.of(allow(List.of("sqs:SendMessage"), queueArn(queue)))
        .knowing(variable, queueUrl(queue));
  }

  /** Takes messages out of a failure queue by itself. */
  Ability drain(String queue, String variable) {
    return Ability.of(allow(List.of("sqs:ReceiveMessage", "sqs:DeleteMessage"), queueArn(queue)))
        .knowing(variable, queueUrl(queue));
  }

  /** Loads learners' states, and commits them with their batches. */
  Ability commitDialogs() {
    return Ability.of(
        allow(List.of("dynamodb:BatchGetItem", "dynamodb:PutItem"), table(DataTables.STATE)),
        allow(List.of("dynamodb:PutItem"), table(DataTables.BATCHES)),
        allow(List.of("dynamodb:BatchGetItem", "dynamodb:PutItem"), table(DataTables.VERSIONS)));
  }

  /** Sees that of two records with one key the later is a repeat. */
  Ability claimKeys() {
    return Ability.of(allow(List.of("dynamodb:PutItem"), keys()));
  }

  /** Loads learners' states. */
  Ability readDialogs() {
    return Ability.of(allow(List.of("dynamodb:BatchGetItem"), table(DataTables.STATE)));
  }

  /** Keeps the commands that wait for something, and their learners' later ones behind them. */
  Ability keepWaiting() {
    return Ability.of(
        allow(List.of("dynamodb:BatchGetItem", "dynamodb:PutItem"), table(DataTables.WAITING)));
  }

  /** Finds the waiting commands that are due. */
  Ability findWaiting() {
    return Ability.of(allow(List.of("dynamodb:Query"), due(DataTables.WAITING)));
  }

  /** Asks whether a text is a registration code, of the stage's table or of the service. */
  Ability knowCodes() {
    return settings.registration().equals("service")
        ? secret("REGISTRATION_SECRET_ARN", data.registrationSecretArn())
        : Ability.of(allow(List.of("dynamodb:BatchGetItem"), table(DataTables.CODES)));
  }

  /** Reads earlier event batches of a learner, to fill a gap. */
  Ability readHistory() {
    return Ability.of(allow(List.of("dynamodb:Query"), table(DataTables.BATCHES)));
  }

  /** Reads the drill versions that event batches name. */
  Ability readVersions() {
    return Ability.of(allow(List.of("dynamodb:BatchGetItem"), table(DataTables.VERSIONS)));
  }

  /** Sets the times at which learners' next drills start. */
  Ability scheduleDrills() {
    return Ability.of(allow(List.of("dynamodb:PutItem"), table(DataTables.SCHEDULE)));
  }

  /** Claims and settles the starts that are due, and puts them off to another time. */
  Ability startScheduled() {
    return Ability.of(
        allow(List.of("dynamodb:Query"), due(DataTables.SCHEDULE)),
        allow(List.of("dynamodb:UpdateItem", "dynamodb:PutItem"), table(DataTables.SCHEDULE)));
  }

  /** Reads the drills that are taught. */
  Ability readContent() {
    return Ability.of(
            allow(List.of("s3:ListBucket"), arns.bucket(DataStack.CONTENT)),
            allow(List.of("s3:GetObject"), arns.bucket(DataStack.CONTENT) + "/*"))
        .knowing("CONTENT_BUCKET", arns.bucketName(DataStack.CONTENT));
  }

  /** Uses the database as the user of its group, who may do what the group does. */
  Ability useDatabase(DatabaseUser user) {
    return useDatabase(secret("DATABASE_SECRET_ARN", database.secretArn(user)));
  }

  /** Owns the database, and makes the users of all groups. */
  Ability migrateDatabase() {
    Ability owner = useDatabase(secret("DATABASE_SECRET_ARN", database.secretArn()));
    var environment = new TreeMap<>(owner.environment());
    List<PolicyStatement> statements = new ArrayList<>(owner.statements());
    for (DatabaseUser user : DatabaseUser.values()) {
      Ability secret = secret(user.variable(), database.secretArn(user));
      environment.putAll(secret.environment());
      statements.addAll(secret.statements());
    }
    return new Ability(environment, statements);
  }

  private Ability useDatabase(Ability secret) {
    var environment = new TreeMap<>(secret.environment());
    environment.put("DATABASE_HOST", database.host());
    environment.put("DATABASE_NAME", DatabaseStack.DATABASE);
    return new Ability(environment, secret.statements());
  }

  Ability useTwilio() {
    return secret("TWILIO_SECRET_ARN", data.twilioSecretArn());
  }

  /** The settings of the stage among these. */
  Ability obey(List<String> rules) {
    var environment = new TreeMap<>(settings.rules());
    environment.keySet().retainAll(rules);
    return new Ability(environment, List.of());
  }

  Ability know(Map<String, String> environment) {
    return new Ability(environment, List.of());
  }

  private static Ability secret(String variable, String arn) {
    return Ability.of(allow(List.of("secretsmanager:GetSecretValue"), arn)).knowing(variable, arn);
  }

  private PolicyStatement failedRecords() {
    return allow(
        List.of("s3:ListBucket", "s3:PutObject"),
        arns.bucket(DataStack.FAILED_RECORDS),
        arns.bucket(DataStack.FAILED_RECORDS) + "/*");
  }

  private String keys() {
    return table(DataTables.KEYS);
  }

  private String table(String name) {
    return arns.table(name);
  }

  private String due(String table) {
    return arns.table(table) + "/index/" + DataTables.DUE;
  }

  private String queueArn(String queue) {
    return arns.queue(DataQueues.name(settings.names(), queue));
  }

  private String queueUrl(String queue) {
    return arns.queueUrl(DataQueues.name(settings.names(), queue));
  }
}
