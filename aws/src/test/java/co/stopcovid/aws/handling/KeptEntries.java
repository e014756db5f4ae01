package co.stopcovid.aws.handling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** A queue whose entries are out of sight once received, until {@link #show}. */
final class KeptEntries implements SqsClient {
  private final Map<String, String> bodies = new LinkedHashMap<>();
  private final List<String> visible = new ArrayList<>();

  void add(String body) {
    String handle = "handle " + bodies.size();
    bodies.put(handle, body);
    visible.add(handle);
  }

  /** The visibility timeout of all is over. */
  void show() {
    visible.clear();
    visible.addAll(bodies.keySet());
  }

  List<String> all() {
    return List.copyOf(bodies.values());
  }

  @Override
  public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
    List<String> handles =
        List.copyOf(visible.subList(0, Math.min(request.maxNumberOfMessages(), visible.size())));
    visible.removeAll(handles);
    return ReceiveMessageResponse.builder()
        .messages(
            handles.stream()
                .map(
                    handle ->
                        Message.builder()
                            .receiptHandle(handle)
                            .body(Objects.requireNonNull(bodies.get(handle)))
                            .build())
                .toList())
        .build();
  }

  @Override
  public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
    bodies.remove(request.receiptHandle());
    return DeleteMessageResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "sqs";
  }

  @Override
  public void close() {}
}
