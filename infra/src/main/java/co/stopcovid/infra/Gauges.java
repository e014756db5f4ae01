package co.stopcovid.infra;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/** The measurements of a stage, found by the names of what they measure. */
final class Gauges {
  private final Names names;
  private final String apiId;

  Gauges(Names names, String apiId) {
    this.names = names;
    this.apiId = apiId;
  }

  Metric errors(String function) {
    return lambda("Errors", "Sum", function);
  }

  Metric throttles(String function) {
    return lambda("Throttles", "Sum", function);
  }

  Metric calls(String function) {
    return lambda("Invocations", "Sum", function);
  }

  Metric duration(String function) {
    return lambda("Duration", "p95", function);
  }

  /** How old the last record of the last batch was, in milliseconds. */
  Metric iteratorAge(String function) {
    return lambda("IteratorAge", "Maximum", function);
  }

  /** Records that a mapping gave up. */
  Metric setAside(String mapping) {
    return metric(
        "AWS/Lambda",
        "OnFailureDestinationDeliveredEventCount",
        "Sum",
        Map.of("EventSourceMappingUUID", mapping));
  }

  /** In seconds. */
  Metric oldest(String queue) {
    return queue("ApproximateAgeOfOldestMessage", DataQueues.name(names, queue));
  }

  Metric depth(String queue) {
    return queue("ApproximateNumberOfMessagesVisible", DataQueues.name(names, queue));
  }

  Metric deadLetters(String queue) {
    return queue("ApproximateNumberOfMessagesVisible", DataQueues.deadName(names, queue));
  }

  /** Capacity in use, in percent of the most that it may have. */
  Metric databaseLoad() {
    return database("ACUUtilization");
  }

  Metric connections() {
    return database("DatabaseConnections");
  }

  Metric streamThrottles() {
    return metric(
        "AWS/Kinesis",
        "WriteProvisionedThroughputExceeded",
        "Sum",
        Map.of("StreamName", names.commandStream()));
  }

  Metric serverErrors() {
    return metric("AWS/ApiGateway", "5xx", "Sum", Map.of("ApiId", apiId));
  }

  Metric requests() {
    return metric("AWS/ApiGateway", "Count", "Sum", Map.of("ApiId", apiId));
  }

  /** Lines of the log that say that the provider refuses us. */
  Metric refusals() {
    return metric(LogWatch.namespace(names), LogWatch.REFUSALS, "Sum", Map.of())
        .with(MetricOptions.builder().period(Duration.minutes(5)).build());
  }

  /** Messages that the provider refused or did not deliver, an hour. */
  Metric notDelivered() {
    return metric(LogWatch.namespace(names), LogWatch.NOT_DELIVERED, "Sum", Map.of())
        .with(MetricOptions.builder().period(Duration.hours(1)).build());
  }

  /** Messages that were held back, an hour. */
  Metric heldBack() {
    return metric(LogWatch.namespace(names), LogWatch.HELD_BACK, "Sum", Map.of())
        .with(MetricOptions.builder().period(Duration.hours(1)).build());
  }

  private Metric lambda(String name, String statistic, String function) {
    return metric("AWS/Lambda", name, statistic, Map.of("FunctionName", names.function(function)));
  }

  private Metric queue(String name, String queue) {
    return metric("AWS/SQS", name, "Maximum", Map.of("QueueName", queue));
  }

  private Metric database(String name) {
    return metric("AWS/RDS", name, "Maximum", Map.of("DBClusterIdentifier", names.cluster()));
  }

  private static Metric metric(
      String namespace, String name, String statistic, Map<String, String> of) {
    return Metric.Builder.create()
        .namespace(namespace)
        .metricName(name)
        .statistic(statistic)
        .period(Duration.minutes(1))
        .dimensionsMap(of)
        .build();
  }
}
