package co.stopcovid.aws.lambda;

import co.stopcovid.aws.handling.Redrive;
import co.stopcovid.aws.sqs.FailureReader;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives what failed to its consumer again. Called by hand with {@code {"queue": "commands"}} or
 * {@code {"queue": "events"}}, and {@code "limit"} for how many at most.
 */
public final class RedriveFunction
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final Logger LOG = LoggerFactory.getLogger(RedriveFunction.class);
  private static final int LIMIT = 100;

  private final Redrive redrive;
  private final Map<String, FailureReader> queues;

  /** As Lambda starts it. */
  public RedriveFunction() {
    this(Composition.ofEnvironment());
  }

  RedriveFunction(Composition composition) {
    this(composition.redrive(), composition.failureQueues());
  }

  /**
   * @param queues by the names that they are asked for by
   */
  public RedriveFunction(Redrive redrive, Map<String, FailureReader> queues) {
    this.redrive = redrive;
    this.queues = Map.copyOf(queues);
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    FailureReader queue = queues.get(String.valueOf(event.get("queue")));
    if (queue == null) {
      throw new IllegalArgumentException(
          "there is no such queue: call it with {\"queue\": \"commands\"} or \"events\"");
    }
    int limit = event.get("limit") instanceof Number number ? number.intValue() : LIMIT;
    Redrive.Result result = redrive.run(queue, limit);
    LOG.info("redriven: redriven={} kept={}", result.redriven(), result.kept());
    return Map.of("redriven", result.redriven(), "kept", result.kept());
  }
}
