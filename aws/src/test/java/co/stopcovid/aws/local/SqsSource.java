package co.stopcovid.aws.local;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue, standard or FIFO, as the source of a function's events, by Lambda's rules: what the
 * function does not report as failed is deleted, the rest comes again when its visibility timeout
 * is over. The order in groups, how often a message comes and where it goes then are the queue's
 * own matter.
 */
public final class SqsSource implements EventSource {
  private static final Logger LOG = LoggerFactory.getLogger(SqsSource.class);
  private static final int MOST_MESSAGES = 10;

  private final SqsClient client;
  private final String url;
  private final String arn;
  private final int batchSize;
  private final @Nullable Duration retryAfter;
  private final Function<SQSEvent, @Nullable SQSBatchResponse> function;

  /**
   * @param batchSize the most messages an invocation gets, up to 10
   * @param retryAfter when failed messages come again; null for the queue's visibility timeout
   * @param function answers with the messages that failed; null for none
   */
  public SqsSource(
      SqsClient client,
      String url,
      int batchSize,
      @Nullable Duration retryAfter,
      Function<SQSEvent, @Nullable SQSBatchResponse> function) {
    if (batchSize < 1 || batchSize > MOST_MESSAGES) {
      throw new IllegalArgumentException("batches of " + batchSize);
    }
    this.client = client;
    this.url = url;
    this.batchSize = batchSize;
    this.retryAfter = retryAfter;
    this.function = function;
    arn =
        String.valueOf(
            client
                .getQueueAttributes(
                    request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN));
  }

  @Override
  public synchronized boolean poll() {
    List<Message> messages = receive();
    if (messages.isEmpty()) {
      // A request that moves messages to the dead letters may bring nothing, though others wait.
      messages = receive();
    }
    if (messages.isEmpty()) {
      return false;
    }
    Set<String> failed = failed(messages);
    for (Message message : messages) {
      if (failed.contains(message.messageId())) {
        failed(message);
      } else {
        client.deleteMessage(
            request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    }
    return true;
  }

  private List<Message> receive() {
    return client
        .receiveMessage(
            request ->
                request
                    .queueUrl(url)
                    .maxNumberOfMessages(batchSize)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private Set<String> failed(List<Message> messages) {
    Set<String> all = new HashSet<>(messages.stream().map(Message::messageId).toList());
    SQSBatchResponse answer;
    try {
      var event = new SQSEvent();
      event.setRecords(messages.stream().map(this::eventRecord).toList());
      answer = function.apply(event);
    } catch (RuntimeException e) {
      LOG.warn("invocation event=failed queue={} messages={}", arn, messages.size(), e);
      return all;
    }
    if (answer == null || answer.getBatchItemFailures() == null) {
      return Set.of();
    }
    Set<String> failed = new HashSet<>();
    for (SQSBatchResponse.BatchItemFailure failure : answer.getBatchItemFailures()) {
      String id = failure.getItemIdentifier();
      if (id == null || !all.contains(id)) {
        LOG.warn("invocation event=answered-nonsense queue={}", arn);
        return all;
      }
      failed.add(id);
    }
    return failed;
  }

  private void failed(Message message) {
    Duration after = retryAfter;
    if (after != null) {
      client.changeMessageVisibility(
          request ->
              request
                  .queueUrl(url)
                  .receiptHandle(message.receiptHandle())
                  .visibilityTimeout(Math.toIntExact(after.toSeconds())));
    }
  }

  private SQSMessage eventRecord(Message message) {
    Map<String, String> attributes = new HashMap<>();
    message.attributes().forEach((name, value) -> attributes.put(name.toString(), value));
    var record = new SQSMessage();
    record.setMessageId(message.messageId());
    record.setReceiptHandle(message.receiptHandle());
    record.setBody(message.body());
    record.setMd5OfBody(message.md5OfBody());
    record.setAttributes(attributes);
    record.setMessageAttributes(Map.of());
    record.setEventSource("aws:sqs");
    record.setEventSourceArn(arn);
    record.setAwsRegion(LocalAws.REGION.id());
    return record;
  }
}
