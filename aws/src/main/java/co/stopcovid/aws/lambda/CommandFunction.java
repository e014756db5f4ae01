package co.stopcovid.aws.lambda;

import co.stopcovid.aws.handling.CommandHandling;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.running.RawCommand;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns commands into events, from the command stream. */
public final class CommandFunction implements RequestHandler<KinesisEvent, StreamsEventResponse> {
  private final CommandHandling handling;

  /** As Lambda starts it. */
  public CommandFunction() {
    this(Composition.ofEnvironment().commands());
  }

  public CommandFunction(CommandHandling handling) {
    this.handling = handling;
  }

  @Override
  public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
    List<RawCommand> records = event.getRecords().stream().map(CommandFunction::record).toList();
    return Answers.from(handling.handle(records).map(SequenceNumber::toString));
  }

  private static RawCommand record(KinesisEvent.KinesisEventRecord record) {
    ByteBuffer data = record.getKinesis().getData().duplicate();
    return new RawCommand(
        SequenceNumber.parse(record.getKinesis().getSequenceNumber()),
        StandardCharsets.UTF_8.decode(data).toString());
  }
}
