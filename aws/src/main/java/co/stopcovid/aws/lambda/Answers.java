package co.stopcovid.aws.lambda;

import co.stopcovid.aws.handling.QueuedRecord;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Partial-batch answers: what Lambda is to deliver again. */
final class Answers {
  private Answers() {}

  /** From this record on all are delivered again; none when it is empty. */
  static StreamsEventResponse from(Optional<String> firstFailed) {
    return new StreamsEventResponse(
        firstFailed
            .map(StreamsEventResponse.BatchItemFailure::new)
            .map(List::of)
            .orElse(List.of()));
  }

  static SQSBatchResponse again(Collection<String> messages) {
    return new SQSBatchResponse(
        messages.stream().map(SQSBatchResponse.BatchItemFailure::new).toList());
  }

  static List<QueuedRecord> records(SQSEvent event) {
    return event.getRecords().stream()
        .map(message -> new QueuedRecord(message.getMessageId(), message.getBody()))
        .toList();
  }
}
