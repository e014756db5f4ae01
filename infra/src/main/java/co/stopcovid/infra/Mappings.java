package co.stopcovid.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.DestinationConfigProperty;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.MetricsConfigProperty;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.OnFailureProperty;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.ScalingConfigProperty;
import software.constructs.Construct;

/**
 * What feeds which function. Streams are read from their beginning, in order, and a batch is tried
 * until it succeeds: only what has failed for almost as long as its stream keeps it goes aside.
 */
final class Mappings {
  /** The command stream keeps 7 days. */
  static final int COMMANDS_AGE = 6 * 24 * 3600;

  /** A table's stream keeps 24 hours, and nobody can change that. */
  static final int EVENTS_AGE = 23 * 3600;

  private static final int FOREVER = -1;

  private final Construct scope;
  private final Map<String, DeployedFunction> functions;
  private final String failedRecords;

  /**
   * @param failedRecords the bucket for records that went aside, which it takes whole
   */
  Mappings(Construct scope, Map<String, DeployedFunction> functions, String failedRecords) {
    this.scope = scope;
    this.functions = functions;
    this.failedRecords = failedRecords;
  }

  CfnEventSourceMapping stream(String function, String streamArn, int batch, int age) {
    return mapping(function)
        .eventSourceArn(streamArn)
        .startingPosition("TRIM_HORIZON")
        .batchSize(batch)
        // A learner's records stay in order at any factor; at 1 there is also one writer a shard.
        .parallelizationFactor(1)
        .bisectBatchOnFunctionError(true)
        .maximumRetryAttempts(FOREVER)
        .maximumRecordAgeInSeconds(age)
        .destinationConfig(
            DestinationConfigProperty.builder()
                .onFailure(OnFailureProperty.builder().destination(failedRecords).build())
                .build())
        // Tells when something went to the destination.
        .metricsConfig(MetricsConfigProperty.builder().metrics(List.of("EventCount")).build())
        .build();
  }

  /** One at a time is 10 at most in a batch of a FIFO queue; no wait for more. */
  void queue(String function, String queueArn, int concurrency) {
    mapping(function)
        .eventSourceArn(queueArn)
        .batchSize(10)
        .scalingConfig(concurrency(concurrency))
        .build();
  }

  /** For what nobody waits for: larger batches, at the price of a second. */
  void patientQueue(String function, String queueArn, int concurrency) {
    mapping(function)
        .eventSourceArn(queueArn)
        .batchSize(100)
        .maximumBatchingWindowInSeconds(1)
        .scalingConfig(concurrency(concurrency))
        .build();
  }

  private CfnEventSourceMapping.Builder mapping(String function) {
    DeployedFunction target = functions.get(function);
    if (target == null) {
      throw new IllegalArgumentException("no function " + function);
    }
    return CfnEventSourceMapping.Builder.create(scope, function + "-source")
        .functionName(target.live().getFunctionArn())
        .functionResponseTypes(List.of("ReportBatchItemFailures"));
  }

  private static ScalingConfigProperty concurrency(int most) {
    return ScalingConfigProperty.builder().maximumConcurrency(most).build();
  }
}
