package co.stopcovid.aws.lambda;

import co.stopcovid.running.Enrolment;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes newly published drills reach the learners. Called every minute. */
public final class EnrolFunction implements RequestHandler<Map<String, Object>, Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(EnrolFunction.class);

  /** So long before the end no more is begun. */
  private static final int CLOSING_MILLIS = 15_000;

  private final Enrolment enrolment;

  /** As Lambda starts it. */
  public EnrolFunction() {
    this(Composition.ofEnvironment().enrolment());
  }

  public EnrolFunction(Enrolment enrolment) {
    this.enrolment = enrolment;
  }

  @Override
  public Integer handleRequest(Map<String, Object> event, Context context) {
    int pages = enrolment.run(() -> context.getRemainingTimeInMillis() > CLOSING_MILLIS);
    if (pages > 0) {
      LOG.info("drills reach learners: pages={}", pages);
    }
    return pages;
  }
}
