package co.stopcovid.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reminds learners of prompts that wait. Called every five minutes. */
public final class ReminderFunction implements RequestHandler<Map<String, Object>, Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ReminderFunction.class);

  private final IntSupplier work;

  /** As Lambda starts it. */
  public ReminderFunction() {
    this(Composition.ofEnvironment().reminders());
  }

  /**
   * @param work does what is due, and says how much it was
   */
  public ReminderFunction(IntSupplier work) {
    this.work = work;
  }

  @Override
  public Integer handleRequest(Map<String, Object> event, Context context) {
    int done = work.getAsInt();
    if (done > 0) {
      LOG.info("reminders appended: count={}", done);
    }
    return done;
  }
}
