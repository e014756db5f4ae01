package co.stopcovid.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schedules drills. Called once a day for the day's, and every few minutes with {@code
 * {"chosen":true}} for those at times that learners chose; doing it again changes nothing.
 */
public final class NextDrillFunction implements RequestHandler<Map<String, Object>, Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(NextDrillFunction.class);

  private final IntSupplier daily;
  private final IntSupplier chosen;

  /** As Lambda starts it. */
  public NextDrillFunction() {
    this(Composition.ofEnvironment());
  }

  public NextDrillFunction(Composition composition) {
    this(composition.nextDrills(), composition.chosenSessions());
  }

  /**
   * @param daily schedules the day's drills, and says how many
   * @param chosen schedules those at times that learners chose, and says how many
   */
  public NextDrillFunction(IntSupplier daily, IntSupplier chosen) {
    this.daily = daily;
    this.chosen = chosen;
  }

  @Override
  public Integer handleRequest(Map<String, Object> event, Context context) {
    int done = (event.containsKey("chosen") ? chosen : daily).getAsInt();
    if (done > 0) {
      LOG.info("drills scheduled: count={}", done);
    }
    return done;
  }
}
