package co.stopcovid.infra;

import static co.stopcovid.infra.Resources.at;
import static co.stopcovid.infra.Resources.text;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.infra.Resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each function may do, said a second time: a change of rights must be made twice. */
class PolicyTest {
  /** AWS knows no resource for these, or asks for them on all, see docs/aws.md. */
  private static final Set<String> WITHOUT_RESOURCE =
      Set.of(
          "xray:PutTraceSegments",
          "xray:PutTelemetryRecords",
          "ec2:CreateNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses",
          "ec2:UnassignPrivateIpAddresses");

  private static final String APPEND = "kinesis:PutRecords on stream/command-stream";
  private static final String APPEND_AGAIN = "kinesis:PutRecord on stream/command-stream";
  private static final String FIND_KEY = "dynamodb:BatchGetItem on table/idempotency";
  private static final String CLAIM_KEY = "dynamodb:PutItem on table/idempotency";
  private static final String OWNER = "secretsmanager:GetSecretValue on database";
  private static final String AS_PROGRESS = OWNER + " progress";
  private static final String AS_SENDING = OWNER + " sending";
  private static final String AS_LOG = OWNER + " messagelog";
  private static final String AS_REDRIVE = OWNER + " redrive";
  private static final String TWILIO = "secretsmanager:GetSecretValue on twilio";
  private static final String LIST_CONTENT = "s3:ListBucket on content";
  private static final String READ_CONTENT = "s3:GetObject on content/*";
  private static final String HISTORY = "dynamodb:Query on table/dialog-event-batches";
  private static final String VERSIONS = "dynamodb:BatchGetItem on table/drill-versions";
  private static final String FAIL_COMMAND = "sqs:SendMessage on failed-commands";
  private static final String FAIL_EVENT = "sqs:SendMessage on failed-events";
  private static final String LOG_MESSAGE = "sqs:SendMessage on message-log";
  private static final String WAKE = "sqs:SendMessage on sms-wake";

  private static final Map<String, Set<String>> EXPECTED = expected();

  private static Map<String, Set<String>> expected() {
    var may = new TreeMap<String, Set<String>>();
    Set<String> appending = Set.of(APPEND, APPEND_AGAIN, FIND_KEY, CLAIM_KEY);
    Set<String> content = Set.of(LIST_CONTENT, READ_CONTENT);
    Set<String> events =
        Set.of(
            "dynamodb:DescribeStream on event stream",
            "dynamodb:GetRecords on event stream",
            "dynamodb:GetShardIterator on event stream",
            "dynamodb:ListStreams on table/dialog-event-batches/stream/*");
    Set<String> aside =
        Set.of(
            "s3:ListBucket on failures",
            "s3:PutObject on failures",
            "s3:ListBucket on failures/*",
            "s3:PutObject on failures/*");
    Set<String> dialogs =
        Set.of(
            "dynamodb:BatchGetItem on table/dialog-state",
            "dynamodb:PutItem on table/dialog-state",
            "dynamodb:PutItem on table/dialog-event-batches",
            VERSIONS,
            "dynamodb:PutItem on table/drill-versions",
            "dynamodb:BatchGetItem on table/waiting-commands",
            "dynamodb:PutItem on table/waiting-commands",
            "dynamodb:BatchGetItem on table/registration-codes",
            LOG_MESSAGE,
            FAIL_COMMAND);
    may.put(
        "webhook",
        all(appending, Set.of(TWILIO, "sqs:SendMessage on delivery-reports", FAIL_COMMAND)));
    may.put(
        "commands",
        all(
            dialogs,
            content,
            aside,
            Set.of(
                CLAIM_KEY,
                "sqs:SendMessage on codes-to-check",
                "kinesis:DescribeStream on stream/command-stream",
                "kinesis:DescribeStreamSummary on stream/command-stream",
                "kinesis:GetRecords on stream/command-stream",
                "kinesis:GetShardIterator on stream/command-stream",
                "kinesis:ListShards on stream/command-stream")));
    may.put(
        "waiting-commands",
        all(dialogs, content, Set.of("dynamodb:Query on table/waiting-commands/index/due")));
    may.put("registration", all(dialogs, content, consuming("codes-to-check")));
    may.put(
        "message-distributor",
        all(events, aside, Set.of("sqs:SendMessage on outbound-sms", VERSIONS, FAIL_EVENT)));
    may.put(
        "sender",
        all(
            content,
            consuming("outbound-sms"),
            Set.of(AS_SENDING, WAKE, HISTORY, VERSIONS, FAIL_EVENT)));
    may.put("send-due", all(appending, consuming("sms-wake"), Set.of(AS_SENDING, TWILIO, WAKE)));
    may.put(
        "delivery-reports",
        all(appending, consuming("delivery-reports"), Set.of(AS_SENDING, FAIL_EVENT)));
    may.put(
        "progress",
        all(events, aside, content, appending, Set.of(HISTORY, VERSIONS, AS_PROGRESS, FAIL_EVENT)));
    may.put("message-log", all(consuming("message-log"), Set.of(AS_LOG, FAIL_EVENT)));
    may.put(
        "next-drill",
        all(content, Set.of(AS_PROGRESS, "dynamodb:PutItem on table/drill-trigger-schedule")));
    may.put(
        "initiator",
        all(
            content,
            appending,
            Set.of(
                AS_PROGRESS,
                HISTORY,
                VERSIONS,
                "dynamodb:BatchGetItem on table/dialog-state",
                "dynamodb:Query on table/drill-trigger-schedule/index/due",
                "dynamodb:UpdateItem on table/drill-trigger-schedule",
                "dynamodb:PutItem on table/drill-trigger-schedule")));
    may.put("reminder", all(appending, Set.of(AS_PROGRESS)));
    may.put("enrol", all(content, Set.of(AS_PROGRESS)));
    may.put("migrate", Set.of(OWNER, AS_PROGRESS, AS_SENDING, AS_LOG, AS_REDRIVE));
    may.put(
        "redrive",
        all(
            appending,
            content,
            draining("failed-commands"),
            draining("failed-events"),
            Set.of("sqs:SendMessage on outbound-sms", HISTORY, VERSIONS, AS_REDRIVE, FAIL_EVENT)));
    return may;
  }

  private static Set<String> draining(String queue) {
    return Set.of("sqs:ReceiveMessage on " + queue, "sqs:DeleteMessage on " + queue);
  }

  private static Set<String> consuming(String queue) {
    return Set.of(
        "sqs:ReceiveMessage on " + queue,
        "sqs:DeleteMessage on " + queue,
        "sqs:GetQueueAttributes on " + queue);
  }

  @SafeVarargs
  private static Set<String> all(Set<String>... sets) {
    var all = new TreeSet<String>();
    for (Set<String> set : sets) {
      all.addAll(set);
    }
    return all;
  }

  static List<String> functions() {
    return FunctionList.NAMES;
  }

  private final Resources functions = Synthesis.usual().stack("functions");

  @ParameterizedTest
  @MethodSource("functions")
  void itMayDoExactlyThis(String name) {
    var actual = new TreeSet<String>();
    for (Statement statement : statements(role(name))) {
      if (statement.effect().equals("Allow") && !statement.resource().equals("*")) {
        actual.add(statement.action() + " on " + brief(statement.resource()));
      }
    }
    String log = "log-group:/aws/lambda/dialog-%s-test:log-stream:*".formatted(name);
    assertThat(actual)
        .isEqualTo(
            all(
                EXPECTED.getOrDefault(name, Set.of()),
                Set.of("logs:CreateLogStream on " + log, "logs:PutLogEvents on " + log)));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void itsOwnCodeMayNotTouchTheNetwork(String name) {
    var allowed = new TreeSet<String>();
    var denied = new TreeSet<String>();
    for (Statement statement : statements(role(name))) {
      if (statement.action().startsWith("ec2:")) {
        (statement.effect().equals("Deny") ? denied : allowed).add(statement.action());
      }
    }
    assertThat(denied).isEqualTo(allowed);
  }

  @Test
  void nothingIsAllowedOnEverythingBesidesWhatHasNoResource() {
    var wild = new ArrayList<String>();
    Synthesis.usual()
        .all()
        .flatMap(stack -> stack.all().stream())
        .flatMap(resource -> statements(resource).stream())
        .filter(statement -> statement.effect().equals("Allow"))
        .filter(
            statement ->
                statement.action().contains("*")
                    || (isEverything(statement.resource())
                        && !WITHOUT_RESOURCE.contains(statement.action())))
        .forEach(statement -> wild.add(statement.toString()));

    assertThat(wild).isEmpty();
  }

  /** Also "all tables" or "all queues" is everything; a key in a bucket or a log stream is not. */
  private static boolean isEverything(String resource) {
    String[] parts = resource.split(":", 6);
    return resource.equals("*")
        || (parts.length == 6
            && parts[5].matches("\\*|(table|stream|function|secret|role)[/:]\\*"));
  }

  @Test
  void noRoleTakesAPolicyThatAwsWrote() {
    Synthesis.usual()
        .all()
        .flatMap(stack -> stack.ofType("AWS::IAM::Role").stream())
        .forEach(role -> assertThat(role.at("ManagedPolicyArns")).as(role.id()).isEqualTo(""));
  }

  @Test
  void noFunctionKnowsOfWhatItMayNotUse() {
    Map<String, String> rights =
        Map.of(
            "COMMAND_STREAM", "kinesis:PutRecords",
            "OUTBOUND_QUEUE_URL", "sqs:SendMessage",
            "WAKE_QUEUE_URL", "sqs:SendMessage",
            "CONTENT_BUCKET", "s3:GetObject",
            "DATABASE_SECRET_ARN", "secretsmanager:GetSecretValue",
            "TWILIO_SECRET_ARN", "secretsmanager:GetSecretValue");
    for (String name : FunctionList.NAMES) {
      Resource function =
          functions.one("AWS::Lambda::Function", "FunctionName", "dialog-" + name + "-test");
      Map<?, ?> environment = (Map<?, ?>) function.at("Environment", "Variables");
      List<Statement> statements = statements(role(name));
      rights.forEach(
          (variable, action) -> {
            if (environment.containsKey(variable)) {
              assertThat(statements).as(name).anyMatch(it -> it.action().equals(action));
            }
          });
    }
  }

  private Resource role(String name) {
    return functions.one("AWS::IAM::Role", "RoleName", "dialog-" + name + "-test-region");
  }

  /** One action on one resource. */
  private record Statement(String effect, String action, String resource) {}

  private static List<Statement> statements(Resource resource) {
    var documents = new ArrayList<Object>();
    documents.add(resource.at("PolicyDocument"));
    if (resource.at("Policies") instanceof List<?> policies) {
      policies.forEach(policy -> documents.add(at(policy, "PolicyDocument")));
    }
    var statements = new ArrayList<Statement>();
    for (Object document : documents) {
      if (at(document, "Statement") instanceof List<?> list) {
        list.forEach(statement -> statements.addAll(single(statement)));
      }
    }
    return statements;
  }

  private static List<Statement> single(Object statement) {
    var single = new ArrayList<Statement>();
    for (Object action : many(at(statement, "Action"))) {
      for (Object resource : many(at(statement, "Resource"))) {
        single.add(new Statement(text(at(statement, "Effect")), text(action), text(resource)));
      }
    }
    return single;
  }

  private static List<?> many(Object value) {
    return value instanceof List<?> list ? list : List.of(value);
  }

  private static String database(String arn) {
    Matcher user = Pattern.compile("user(progress|sending|messagelog|redrive)").matcher(arn);
    if (user.find()) {
      return "database " + user.group(1);
    }
    return arn.contains("aurora") ? "database" : arn;
  }

  /** Without what is the same for all. */
  private static String brief(String arn) {
    if (arn.startsWith("{")) {
      return arn.contains("StreamArn")
          ? "event stream"
          : arn.contains("twilio") ? "twilio" : database(arn);
    }
    if (arn.startsWith("arn:aws:logs:region:account:")) {
      return arn.substring("arn:aws:logs:region:account:".length());
    }
    return arn.replaceFirst("^arn:aws:[a-z0-9]+:(region:account)?:?(::)?", "")
        .replaceFirst("^:*dialog-(content|failures)-test-account-region", "$1")
        .replaceFirst("-test(\\.fifo)?(?=$|/)", "");
  }
}
