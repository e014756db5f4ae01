package co.stopcovid.aws.lambda;

import co.stopcovid.aws.handling.MessageDistribution;
import co.stopcovid.aws.handling.StreamPage;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.util.function.Function;

/** Passes event batches on to the senders, from the stream of their table. */
public final class MessageDistributorFunction
    implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  private final Function<DynamodbEvent, StreamPage> reader;
  private final MessageDistribution distribution;

  /** As Lambda starts it. */
  public MessageDistributorFunction() {
    this(Composition.ofEnvironment());
  }

  MessageDistributorFunction(Composition composition) {
    this(composition.eventReader(), composition.messageDistribution());
  }

  /**
   * @param reader reads what the stream brings
   */
  public MessageDistributorFunction(
      Function<DynamodbEvent, StreamPage> reader, MessageDistribution distribution) {
    this.reader = reader;
    this.distribution = distribution;
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    return Answers.from(distribution.handle(reader.apply(event)));
  }
}
