package co.stopcovid.aws.sqs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/** A queue that remembers what it was sent, and refuses some of it. */
final class ScriptedSqs implements SqsClient {
  private record Refusal(String code, boolean senderFault, int times) {}

  private final Map<String, Refusal> refusals = new HashMap<>();
  final List<SendMessageBatchRequest> requests = new ArrayList<>();
  final List<String> bodies = new ArrayList<>();

  /** Refuses messages with a body so many times. */
  void refuse(String body, String code, boolean senderFault, int times) {
    refusals.put(body, new Refusal(code, senderFault, times));
  }

  @Override
  public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    requests.add(request);
    List<SendMessageBatchResultEntry> sent = new ArrayList<>();
    List<BatchResultErrorEntry> failed = new ArrayList<>();
    for (SendMessageBatchRequestEntry entry : request.entries()) {
      Refusal refusal = refusals.get(entry.messageBody());
      if (refusal != null && refusal.times() > 0) {
        refusals.put(
            entry.messageBody(),
            new Refusal(refusal.code(), refusal.senderFault(), refusal.times() - 1));
        failed.add(
            BatchResultErrorEntry.builder()
                .id(entry.id())
                .code(refusal.code())
                .senderFault(refusal.senderFault())
                .build());
      } else {
        bodies.add(entry.messageBody());
        sent.add(SendMessageBatchResultEntry.builder().id(entry.id()).build());
      }
    }
    return SendMessageBatchResponse.builder().successful(sent).failed(failed).build();
  }

  @Override
  public String serviceName() {
    return "sqs";
  }

  @Override
  public void close() {}
}
