package co.stopcovid.infra;

import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.constructs.Construct;

/** Counts lines of the functions' logs. */
final class LogWatch {
  static final String REFUSALS = "ProviderRefusals";

  /** What the line begins with; in the program it is ProviderReport.REFUSED. */
  static final String REFUSED = "\"the provider refuses us, nothing is sent\"";

  static final String NOT_DELIVERED = "NotDelivered";

  /** What MessageReport writes of messages with an error of Twilio's, but for opt-outs. */
  static final String FAILED = "\"message not\" \"Twilio error\" -\"Twilio error 21610\"";

  static final String HELD_BACK = "HeldBack";

  /** What the line begins with; in the program it is MessageReport.HELD_BACK. */
  static final String PARKED = "\"message held back\"";

  private LogWatch() {}

  static String namespace(Names names) {
    return "Dialog/" + names.stage();
  }

  /** Counts the lines that a pattern fits, as a metric of {@link #namespace}. */
  static void count(Construct scope, Names names, String function, String metric, String pattern) {
    MetricFilter.Builder.create(scope, metric + "-" + function)
        .logGroup(
            LogGroup.fromLogGroupName(
                scope, function + "-log-for-" + metric, "/aws/lambda/" + names.function(function)))
        .filterPattern(FilterPattern.literal(pattern))
        .metricNamespace(namespace(names))
        .metricName(metric)
        .metricValue("1")
        .build();
  }
}
