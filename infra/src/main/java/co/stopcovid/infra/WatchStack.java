package co.stopcovid.infra;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** Alarms, the topic that tells of them, and one dashboard. */
final class WatchStack extends Stack {
  /** An hour: some numbers are always landlines, or out of reach. */
  private static final int MOST_UNDELIVERED = 10;

  private final Alarms alarms;
  private final Gauges gauges;

  WatchStack(Construct scope, StageSettings settings, FunctionsStack functions) {
    super(
        scope,
        settings.names().stack("watch"),
        StackProps.builder().description("Dialog Engine: alarms and dashboard").build());
    Names names = settings.names();
    Topic topic =
        Topic.Builder.create(this, "alarms")
            .topicName(names.stack("alarms"))
            .enforceSsl(true)
            .build();
    letAlarmsTell(topic);
    settings.alarmEmail().ifPresent(to -> topic.addSubscription(new EmailSubscription(to)));
    gauges = new Gauges(names, functions.apiId());
    alarms = new Alarms(this, names, topic);
    watchFunctions(names, functions);
    watchQueues();
    watchStores(settings);
    dashboard(names);
    CfnOutput.Builder.create(this, "AlarmTopic").value(topic.getTopicArn()).build();
  }

  /** A policy of its own takes the place of the one that lets the account's alarms in. */
  private void letAlarmsTell(Topic topic) {
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("AlarmsOfThisAccount")
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", getAccount())))
            .build());
  }

  private void watchFunctions(Names names, FunctionsStack functions) {
    for (String function : FunctionList.NAMES) {
      alarms.any(function + "-errors", gauges.errors(function), "calls of the function fail");
      alarms.any(function + "-throttles", gauges.throttles(function), "Lambda has no room for it");
    }
    functions
        .streamMappings()
        .forEach(
            (function, mapping) -> {
              alarms.above(
                  function + "-lag",
                  gauges.iteratorAge(function),
                  60_000,
                  3,
                  "it reads its stream a minute late, or a record blocks it");
              alarms.any(
                  function + "-aside",
                  gauges.setAside(mapping),
                  "records went to the bucket of failures after days of trying");
            });
    alarms.silent(
        "send-due-silent", gauges.calls(FunctionList.SEND_DUE), 5, "nobody sends what is due");
    LogWatch.count(this, names, FunctionList.SEND_DUE, LogWatch.REFUSALS, LogWatch.REFUSED);
    for (String function : List.of(FunctionList.SEND_DUE, FunctionList.REPORTS)) {
      LogWatch.count(this, names, function, LogWatch.NOT_DELIVERED, LogWatch.FAILED);
    }
    for (String function : List.of(FunctionList.SENDER, FunctionList.SEND_DUE)) {
      LogWatch.count(this, names, function, LogWatch.HELD_BACK, LogWatch.PARKED);
    }
    alarms.any("held-back", gauges.heldBack(), "messages wait for a person to decide");
    alarms.above(
        "not-delivered",
        gauges.notDelivered(),
        MOST_UNDELIVERED,
        1,
        "more messages than usual do not arrive");
    alarms.any("provider-refuses", gauges.refusals(), "the provider refuses us: nothing is sent");
    alarms.any("api-5xx", gauges.serverErrors(), "Twilio was answered with an error");
  }

  private void watchQueues() {
    for (String queue : DataQueues.CONSUMED) {
      // Of wake-ups there are more than it takes while much is sent, and the rest grows old.
      if (!queue.equals(DataQueues.WAKE)) {
        alarms.above(
            queue + "-age", gauges.oldest(queue), 300, 3, "its consumer fails or is too slow");
      }
      alarms.any(
          queue + "-dead", gauges.deadLetters(queue), "messages were given up: redrive them");
    }
    for (String queue : DataQueues.FAILURES) {
      alarms.any(queue, gauges.depth(queue), "something cannot be processed as it is");
    }
  }

  private void watchStores(StageSettings settings) {
    alarms.above("aurora-capacity", gauges.databaseLoad(), 90, 15, "raise aurora_max_acu");
    alarms.above(
        "aurora-connections",
        gauges.connections(),
        connectionsExpected(settings) * 2.0,
        5,
        "more connections than all functions together should have");
    alarms.any("stream-throttles", gauges.streamThrottles(), "raise shards");
  }

  /** Twice this is out of the ordinary: two a writer, and what runs by the clock. */
  static int connectionsExpected(StageSettings settings) {
    int environments =
        settings.senders()
            + FunctionList.WAKERS
            + 2 * FunctionsStack.PATIENT_READERS
            + settings.shards()
            + 8;
    return environments * 2;
  }

  private void dashboard(Names names) {
    Dashboard.Builder.create(this, "dashboard")
        .dashboardName(names.cluster())
        .widgets(
            List.of(
                List.of(
                    graph(
                        "How late the streams are read (ms)",
                        gauges.iteratorAge(FunctionList.COMMANDS),
                        gauges.iteratorAge(FunctionList.DISTRIBUTOR),
                        gauges.iteratorAge(FunctionList.PROGRESS)),
                    graph(
                        "Oldest message (s)",
                        DataQueues.CONSUMED.stream().map(gauges::oldest).toArray(IMetric[]::new))),
                List.of(
                    graph(
                        "Calls",
                        FunctionList.NAMES.stream().map(gauges::calls).toArray(IMetric[]::new)),
                    graph(
                        "Errors",
                        FunctionList.NAMES.stream().map(gauges::errors).toArray(IMetric[]::new)),
                    graph(
                        "Duration, p95 (ms)",
                        FunctionList.NAMES.stream().map(gauges::duration).toArray(IMetric[]::new))),
                List.of(
                    graph("Aurora: capacity (%)", gauges.databaseLoad()),
                    graph("Aurora: connections", gauges.connections()),
                    graph(
                        "Webhook: requests and server errors",
                        gauges.requests(),
                        gauges.serverErrors()),
                    graph(
                        "Failures and dead letters",
                        Stream.concat(
                                DataQueues.FAILURES.stream().map(gauges::depth),
                                DataQueues.CONSUMED.stream().map(gauges::deadLetters))
                            .toArray(IMetric[]::new)))))
        .build();
  }

  private static IWidget graph(String title, IMetric... metrics) {
    return GraphWidget.Builder.create().title(title).left(List.of(metrics)).width(8).build();
  }
}
