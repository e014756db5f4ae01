package co.stopcovid.infra;

import static co.stopcovid.infra.Resources.at;
import static co.stopcovid.infra.Resources.text;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.sms.MessageReport;
import co.stopcovid.adapters.sms.ProviderReport;
import co.stopcovid.infra.Resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;

class WatchStackTest {
  private final Resources watch = Synthesis.usual().stack("watch");

  @Test
  void everyFunctionHasAnAlarmForErrorsAndForThrottles() {
    Set<String> functions =
        Synthesis.usual().stack("functions").by("FunctionName", "AWS::Lambda::Function").keySet();
    assertThat(watched("Errors", "FunctionName")).isEqualTo(functions).hasSize(16);
    assertThat(watched("Throttles", "FunctionName")).isEqualTo(functions);
  }

  @Test
  void everyQueueThatShouldBeEmptyHasAnAlarm() {
    Set<String> queues =
        Synthesis.usual().stack("data").by("QueueName", "AWS::SQS::Queue").keySet().stream()
            .filter(name -> name.contains("dead") || name.startsWith("failed"))
            .collect(Collectors.toSet());
    assertThat(watched("ApproximateNumberOfMessagesVisible", "QueueName"))
        .isEqualTo(queues)
        .hasSize(7);
  }

  @Test
  void everyQueueWhoseReaderMayFallBehindHasAnAlarmForItsOldestMessage() {
    assertThat(watched("ApproximateAgeOfOldestMessage", "QueueName"))
        .containsExactlyInAnyOrder(
            "outbound-sms-test.fifo",
            "delivery-reports-test",
            "message-log-test",
            "codes-to-check-test");
  }

  @Test
  void everyReaderOfAStreamHasAnAlarmForItsLagAndForWhatItGaveUp() {
    assertThat(watched("IteratorAge", "FunctionName"))
        .containsExactlyInAnyOrder(
            "dialog-commands-test", "dialog-message-distributor-test", "dialog-progress-test");
    assertThat(watched("OnFailureDestinationDeliveredEventCount", "EventSourceMappingUUID"))
        .hasSize(3);
  }

  @Test
  void theStoresAndTheWebhookHaveAlarms() {
    assertThat(watched("ACUUtilization", "DBClusterIdentifier")).containsExactly("dialog-test");
    assertThat(watched("DatabaseConnections", "DBClusterIdentifier"))
        .containsExactly("dialog-test");
    assertThat(watched("WriteProvisionedThroughputExceeded", "StreamName"))
        .containsExactly("command-stream-test");
    assertThat(watched("5xx", "ApiId")).hasSize(1);
  }

  /** The text is the one that the program writes. */
  @Test
  void aProviderThatRefusesUsIsAnAlarm() {
    Resource filter =
        watch.one("AWS::Logs::MetricFilter", "FilterPattern", "\"" + ProviderReport.REFUSED + "\"");
    assertThat(filter.textAt("LogGroupName")).isEqualTo("/aws/lambda/dialog-send-due-test");
    Resource alarm =
        watch.one("AWS::CloudWatch::Alarm", "AlarmName", "dialog-provider-refuses-test");
    assertThat(filter.at("MetricTransformations").toString())
        .contains(alarm.textAt("MetricName"), alarm.textAt("Namespace"));
    assertThat(alarm.at("Threshold")).isEqualTo(0);
    assertThat(alarm.at("Period")).as("some lines, which come once a minute").isEqualTo(300);
  }

  @Test
  void messagesThatDoNotArriveAreAnAlarm() {
    assertThat(
            watch.ofType("AWS::Logs::MetricFilter").stream()
                .filter(it -> it.at("MetricTransformations").toString().contains("NotDelivered"))
                .map(it -> it.textAt("LogGroupName")))
        .containsExactlyInAnyOrder(
            "/aws/lambda/dialog-send-due-test", "/aws/lambda/dialog-delivery-reports-test");
    Resource alarm = watch.one("AWS::CloudWatch::Alarm", "AlarmName", "dialog-not-delivered-test");
    assertThat(alarm.at("Period")).isEqualTo(3_600);
  }

  /** The text is the one that the program writes, in each function that holds messages back. */
  @Test
  void messagesThatAreHeldBackAreAnAlarm() {
    List<Resource> filters =
        watch.ofType("AWS::Logs::MetricFilter").stream()
            .filter(it -> it.textAt("FilterPattern").equals("\"" + MessageReport.HELD_BACK + "\""))
            .toList();
    assertThat(filters.stream().map(it -> it.textAt("LogGroupName")))
        .containsExactlyInAnyOrder(
            "/aws/lambda/dialog-sender-test", "/aws/lambda/dialog-send-due-test");
    Resource alarm = watch.one("AWS::CloudWatch::Alarm", "AlarmName", "dialog-held-back-test");
    assertThat(filters)
        .allSatisfy(
            filter ->
                assertThat(filter.at("MetricTransformations").toString())
                    .contains(alarm.textAt("MetricName"), alarm.textAt("Namespace")));
    assertThat(alarm.at("Threshold")).isEqualTo(0);
    assertThat(alarm.at("Period")).isEqualTo(3_600);
  }

  @Test
  void everyAlarmTellsTheTopicWhenItBeginsAndEnds() {
    Resource topic = watch.one("AWS::SNS::Topic", "TopicName", "dialog-alarms-test");
    List<Map<String, String>> tell = List.of(Map.of("Ref", topic.id()));
    assertThat(watch.ofType("AWS::CloudWatch::Alarm"))
        .allSatisfy(
            alarm -> {
              assertThat(alarm.at("AlarmActions")).isEqualTo(tell);
              assertThat(alarm.at("OKActions")).isEqualTo(tell);
              assertThat(alarm.at("TreatMissingData"))
                  .isEqualTo(
                      alarm.at("AlarmName").equals("dialog-send-due-silent-test")
                          ? "breaching"
                          : "notBreaching");
              assertThat(alarm.textAt("AlarmDescription")).contains("docs/aws.md");
            });
  }

  @Test
  void nobodySendingIsAnAlarm() {
    Resource alarm =
        watch.one("AWS::CloudWatch::Alarm", "AlarmName", "dialog-send-due-silent-test");
    assertThat(alarm.at("MetricName")).isEqualTo("Invocations");
    assertThat(alarm.at("ComparisonOperator")).isEqualTo("LessThanThreshold");
    assertThat(alarm.at("Threshold")).isEqualTo(1);
    assertThat(alarm.at("EvaluationPeriods")).isEqualTo(5);
  }

  /** Without this the topic refuses them: its own policy has replaced the usual one. */
  @Test
  void alarmsOfThisAccountMayTellTheTopic() {
    Resource topic = watch.one("AWS::SNS::Topic", "TopicName", "dialog-alarms-test");
    Resource policy = watch.ofType("AWS::SNS::TopicPolicy").getFirst();
    assertThat(policy.at("Topics")).isEqualTo(List.of(Map.of("Ref", topic.id())));
    List<?> statements = (List<?>) policy.at("PolicyDocument", "Statement");
    List<?> allowed =
        statements.stream().filter(it -> text(at(it, "Effect")).equals("Allow")).toList();
    assertThat(allowed).hasSize(1);
    Object allow = allowed.getFirst();
    assertThat(text(at(allow, "Action"))).isEqualTo("sns:Publish");
    assertThat(text(at(allow, "Principal", "Service"))).isEqualTo("cloudwatch.amazonaws.com");
    assertThat(at(allow, "Resource")).isEqualTo(Map.of("Ref", topic.id()));
    assertThat(text(at(allow, "Condition", "StringEquals", "aws:SourceAccount")))
        .isEqualTo("account");
    assertThat(statements.toString()).contains("Deny", "aws:SecureTransport");
  }

  @Test
  void thereIsOneDashboard() {
    watch
        .template()
        .hasResourceProperties(
            "AWS::CloudWatch::Dashboard", Match.objectLike(Map.of("DashboardName", "dialog-test")));
    watch.template().resourceCountIs("AWS::CloudWatch::Dashboard", 1);
  }

  private Set<String> watched(String metric, String dimension) {
    return watch.ofType("AWS::CloudWatch::Alarm").stream()
        .filter(alarm -> alarm.textAt("MetricName").equals(metric))
        .flatMap(alarm -> ((List<?>) alarm.at("Dimensions")).stream())
        .filter(entry -> text(at(entry, "Name")).equals(dimension))
        .map(entry -> text(at(entry, "Value")))
        .collect(Collectors.toSet());
  }
}
