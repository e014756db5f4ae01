package co.stopcovid.aws.lambda;

import co.stopcovid.aws.handling.QueueReading;
import co.stopcovid.sms.DeliveryReport;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

/** Takes the provider's reports into the ledger, from their queue. */
public final class DeliveryReportFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final QueueReading<DeliveryReport> reading;

  /** As Lambda starts it. */
  public DeliveryReportFunction() {
    this(Composition.ofEnvironment().deliveryReports());
  }

  public DeliveryReportFunction(QueueReading<DeliveryReport> reading) {
    this.reading = reading;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return Answers.again(reading.handle(Answers.records(event)));
  }
}
