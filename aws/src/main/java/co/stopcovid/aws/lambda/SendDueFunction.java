package co.stopcovid.aws.lambda;

import co.stopcovid.aws.handling.Sending;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Duration;
import java.util.Set;

/** Sends what has become due. Called by wake-ups, and every minute. */
public final class SendDueFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Sending sending;

  /** As Lambda starts it. */
  public SendDueFunction() {
    this(Composition.ofEnvironment().sending());
  }

  public SendDueFunction(Sending sending) {
    this.sending = sending;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    try {
      sending.run(() -> Duration.ofMillis(context.getRemainingTimeInMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Answers.again(Set.of());
  }
}
