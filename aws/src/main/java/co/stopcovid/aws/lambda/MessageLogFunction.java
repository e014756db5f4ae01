package co.stopcovid.aws.lambda;

import co.stopcovid.aws.handling.QueueReading;
import co.stopcovid.sms.ReceivedMessage;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

/** Takes learners' messages into the message log, from their queue. */
public final class MessageLogFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final QueueReading<ReceivedMessage> reading;

  /** As Lambda starts it. */
  public MessageLogFunction() {
    this(Composition.ofEnvironment().messageLog());
  }

  public MessageLogFunction(QueueReading<ReceivedMessage> reading) {
    this.reading = reading;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return Answers.again(reading.handle(Answers.records(event)));
  }
}
