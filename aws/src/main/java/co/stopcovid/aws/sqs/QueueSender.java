package co.stopcovid.aws.sqs;

import co.stopcovid.aws.retry.Retries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * Sends messages to one queue, many a request, and sends again what the queue did not take. In a
 * FIFO queue no message overtakes an earlier one of its group: what comes after one that could not
 * be sent is not sent either.
 */
public final class QueueSender {
  private static final int MOST_ENTRIES = 10;

  /**
   * A message that was not sent.
   *
   * @param index its place in the call, from 0
   * @param code as SQS names the reason, such as {@code InternalError}
   * @param isFinal it is the message's own fault: sent again, it would be refused again
   */
  public record Unsent(int index, String code, boolean isFinal) {}

  private final SqsClient client;
  private final String url;
  private final Retries backoff;

  /**
   * @param backoff for the messages that SQS did not take
   */
  public QueueSender(SqsClient client, String url, Retries backoff) {
    this.client = client;
    this.url = url;
    this.backoff = backoff;
  }

  /**
   * Sends messages in their order.
   *
   * @return those that were not sent, by their place; empty when all were
   */
  public List<Unsent> trySend(List<QueueMessage> messages) {
    return new Sending(messages).run();
  }

  /**
   * Sends messages in their order.
   *
   * @throws UnsentMessagesException when not all could be sent
   */
  public void send(List<QueueMessage> messages) {
    List<Unsent> unsent = trySend(messages);
    if (!unsent.isEmpty()) {
      throw new UnsentMessagesException(messages.size() - unsent.size(), unsent);
    }
  }

  private final class Sending {
    private final List<QueueMessage> messages;
    private final Map<Integer, QueueMessage> waiting = new LinkedHashMap<>();
    private final List<Unsent> refused = new ArrayList<>();
    private final Set<String> stoppedGroups = new HashSet<>();
    private final Map<Integer, String> errors = new LinkedHashMap<>();

    Sending(List<QueueMessage> messages) {
      this.messages = messages;
      for (int i = 0; i < messages.size(); i++) {
        waiting.put(i, messages.get(i));
      }
    }

    List<Unsent> run() {
      int failures = 0;
      while (!waiting.isEmpty()) {
        int before = waiting.size();
        errors.clear();
        round();
        if (!errors.isEmpty()) {
          failures = waiting.size() < before ? 1 : failures + 1;
          if (!backoff.retryAfter(failures)) {
            break;
          }
        }
      }
      List<Unsent> unsent = new ArrayList<>(refused);
      waiting.keySet().forEach(i -> unsent.add(new Unsent(i, code(i), false)));
      unsent.sort(Comparator.comparingInt(Unsent::index));
      return unsent;
    }

    private String code(int index) {
      return errors.getOrDefault(index, "AfterUnsent");
    }

    /**
     * Of each group the first that waits, since a request may take the second and not the first.
     */
    private void round() {
      Set<String> groups = new HashSet<>();
      Map<Integer, QueueMessage> request = new LinkedHashMap<>();
      int bytes = 0;
      for (Map.Entry<Integer, QueueMessage> entry : List.copyOf(waiting.entrySet())) {
        QueueMessage message = entry.getValue();
        String group = message.group();
        if (group != null && stoppedGroups.contains(group)) {
          refuse(entry.getKey(), "AfterUnsent", false);
          continue;
        }
        if (message.size() > QueueMessage.LONGEST) {
          refuse(entry.getKey(), "MessageTooLong", true);
          continue;
        }
        if (group != null && !groups.add(group)) {
          continue;
        }
        if (request.size() == MOST_ENTRIES || bytes + message.size() > QueueMessage.LONGEST) {
          send(request);
          request.clear();
          bytes = 0;
        }
        request.put(entry.getKey(), message);
        bytes += message.size();
      }
      if (!request.isEmpty()) {
        send(request);
      }
    }

    private void send(Map<Integer, QueueMessage> request) {
      List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
      request.forEach((index, message) -> entries.add(entry(index, message)));
      SendMessageBatchResponse response =
          client.sendMessageBatch(
              SendMessageBatchRequest.builder().queueUrl(url).entries(entries).build());
      response.successful().forEach(sent -> waiting.remove(Integer.valueOf(sent.id())));
      for (BatchResultErrorEntry failed : response.failed()) {
        int index = Integer.parseInt(failed.id());
        if (Boolean.TRUE.equals(failed.senderFault()) && !isThrottling(failed.code())) {
          refuse(index, failed.code(), true);
        } else {
          errors.put(index, failed.code());
        }
      }
    }

    private void refuse(int index, String code, boolean isFinal) {
      waiting.remove(index);
      refused.add(new Unsent(index, code, isFinal));
      String group = messages.get(index).group();
      if (group != null) {
        stoppedGroups.add(group);
      }
    }
  }

  /** SQS counts a sender that is too fast among those at fault, but not for ever. */
  private static boolean isThrottling(@Nullable String code) {
    return code != null && code.contains("Throttl");
  }

  private static SendMessageBatchRequestEntry entry(int index, QueueMessage message) {
    var entry =
        SendMessageBatchRequestEntry.builder()
            .id(Integer.toString(index))
            .messageBody(message.body());
    if (message.group() != null) {
      entry.messageGroupId(message.group()).messageDeduplicationId(message.deduplicationId());
    }
    if (!message.delay().isZero()) {
      entry.delaySeconds(Math.toIntExact(message.delay().toSeconds()));
    }
    return entry.build();
  }
}
