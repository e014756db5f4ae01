package co.stopcovid.aws.lambda;

import co.stopcovid.aws.handling.SmsConsumption;
import co.stopcovid.aws.handling.WakeUps;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

/**
 * Takes event batches from the outbound queue into the ledger of messages, and has SendDueFunction
 * send what is due: the number of those keeps to the provider's rate, the number of these need not.
 */
public final class SenderFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final SmsConsumption consumption;
  private final WakeUps wakeUps;

  /** As Lambda starts it. */
  public SenderFunction() {
    this(Composition.ofEnvironment());
  }

  SenderFunction(Composition composition) {
    this(composition.smsConsumption(), composition.wakeUps());
  }

  public SenderFunction(SmsConsumption consumption, WakeUps wakeUps) {
    this.consumption = consumption;
    this.wakeUps = wakeUps;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return Answers.again(wakeUps.whenDue(() -> consumption.handle(Answers.records(event))));
  }
}
