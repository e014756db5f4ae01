package co.stopcovid.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the drills that are due. Called every minute. */
public final class InitiatorFunction implements RequestHandler<Map<String, Object>, Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(InitiatorFunction.class);

  private final IntSupplier work;

  /** As Lambda starts it. */
  public InitiatorFunction() {
    this(Composition.ofEnvironment().startDue());
  }

  /**
   * @param work does what is due, and says how much it was
   */
  public InitiatorFunction(IntSupplier work) {
    this.work = work;
  }

  @Override
  public Integer handleRequest(Map<String, Object> event, Context context) {
    int done = work.getAsInt();
    if (done > 0) {
      LOG.info("drills started: count={}", done);
    }
    return done;
  }
}
