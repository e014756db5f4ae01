package co.stopcovid.aws.lambda;

import co.stopcovid.running.CommandRetry;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries commands again that had to wait. Called every minute. */
public final class WaitingCommandsFunction implements RequestHandler<Map<String, Object>, Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingCommandsFunction.class);

  /** So long before the end no more is begun. */
  private static final int CLOSING_MILLIS = 15_000;

  private final CommandRetry retry;

  /** As Lambda starts it. */
  public WaitingCommandsFunction() {
    this(Composition.ofEnvironment().waitingCommands());
  }

  public WaitingCommandsFunction(CommandRetry retry) {
    this.retry = retry;
  }

  @Override
  public Integer handleRequest(Map<String, Object> event, Context context) {
    int settled = retry.run(() -> context.getRemainingTimeInMillis() > CLOSING_MILLIS);
    if (settled > 0) {
      LOG.info("waiting commands settled: commands={}", settled);
    }
    return settled;
  }
}
