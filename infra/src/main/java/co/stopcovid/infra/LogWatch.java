package co.stopcovid.infra;

import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.constructs.Construct;

/** Counts lines of the functions' logs. */
final class LogWatch {
  static final String REFUSALS = "ProviderRefusals";

  /** What the line begins with; in the program it is ProviderReport.REFUSED. */
  static final String REFUSED = "the provider refuses us, nothing is sent";

  private LogWatch() {}

  static String namespace(Names names) {
    return "Dialog/" + names.stage();
  }

  /** Counts the lines that hold a text, as a metric of {@link #namespace}. */
  static void count(Construct scope, Names names, String function, String metric, String text) {
    MetricFilter.Builder.create(scope, metric + "-" + function)
        .logGroup(
            LogGroup.fromLogGroupName(
                scope, function + "-log-for-" + metric, "/aws/lambda/" + names.function(function)))
        .filterPattern(FilterPattern.literal("\"%s\"".formatted(text)))
        .metricNamespace(namespace(names))
        .metricName(metric)
        .metricValue("1")
        .build();
  }
}
