package co.stopcovid.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Schedules the day's drills. Called once a day; doing it again changes nothing. */
public final class NextDrillFunction implements RequestHandler<Map<String, Object>, Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(NextDrillFunction.class);

  private final IntSupplier work;

  /** As Lambda starts it. */
  public NextDrillFunction() {
    this(Composition.ofEnvironment().nextDrills());
  }

  /**
   * @param work does what is due, and says how much it was
   */
  public NextDrillFunction(IntSupplier work) {
    this.work = work;
  }

  @Override
  public Integer handleRequest(Map<String, Object> event, Context context) {
    int done = work.getAsInt();
    if (done > 0) {
      LOG.info("drills scheduled: count={}", done);
    }
    return done;
  }
}
