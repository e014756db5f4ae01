package co.stopcovid.aws.lambda;

import co.stopcovid.aws.handling.ProgressHandling;
import co.stopcovid.aws.handling.StreamPage;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.util.function.Function;

/** Follows the dialogs into progress, from the stream of event batches. */
public final class ProgressFunction implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  private final Function<DynamodbEvent, StreamPage> reader;
  private final ProgressHandling following;

  /** As Lambda starts it. */
  public ProgressFunction() {
    this(Composition.ofEnvironment());
  }

  ProgressFunction(Composition composition) {
    this(composition.eventReader(), composition.progress());
  }

  /**
   * @param reader reads what the stream brings
   */
  public ProgressFunction(Function<DynamodbEvent, StreamPage> reader, ProgressHandling following) {
    this.reader = reader;
    this.following = following;
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    return Answers.from(following.handle(reader.apply(event)));
  }
}
