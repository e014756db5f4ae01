package co.stopcovid.aws.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

class SqsSourceTest {
  private static final Duration HIDDEN = Duration.ofSeconds(30);

  @SuppressWarnings("NullAway.Init")
  private static ElasticMq sqs;

  private final String name = "queue-" + UUID.randomUUID();
  private final List<String> seen = new ArrayList<>();
  private final List<SQSMessage> messages = new ArrayList<>();

  /** Bodies that are reported so many times as failed, with what follows in their groups. */
  private final Map<String, Integer> reports = new HashMap<>();

  private final UnreliableFunction<SQSEvent, SQSBatchResponse> function =
      UnreliableFunction.sqs(this::handle);

  @BeforeAll
  static void start() {
    sqs = ElasticMq.start();
  }

  @AfterAll
  static void stop() {
    sqs.close();
  }

  private @Nullable SQSBatchResponse handle(SQSEvent event) {
    List<BatchItemFailure> failures = new ArrayList<>();
    List<String> failedGroups = new ArrayList<>();
    for (SQSMessage message : event.getRecords()) {
      messages.add(message);
      String group = message.getAttributes().getOrDefault("MessageGroupId", message.getMessageId());
      int left = reports.getOrDefault(message.getBody(), 0);
      if (left > 0 || failedGroups.contains(group)) {
        reports.put(message.getBody(), Math.max(0, left - 1));
        failedGroups.add(group);
        failures.add(new BatchItemFailure(message.getMessageId()));
      } else {
        seen.add(message.getBody());
      }
    }
    return failures.isEmpty() ? null : new SQSBatchResponse(failures);
  }

  /** What failed comes again at once, so that no test waits. */
  private SqsSource source(String url, int batchSize) {
    return new SqsSource(sqs.client(), url, batchSize, Duration.ZERO, function);
  }

  private static void settle(EventSource source) {
    EventSource.settle(100, List.of(source));
  }

  private void send(String url, String... bodies) {
    for (String body : bodies) {
      sqs.client()
          .sendMessage(
              request -> {
                request.queueUrl(url).messageBody(body);
                if (url.endsWith(".fifo")) {
                  request.messageGroupId(body.substring(0, 1)).messageDeduplicationId(body);
                }
              });
    }
  }

  private static List<String> bodies(String url) {
    return sqs
        .client()
        .receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }

  @Test
  void whatSucceedsIsDeleted() {
    String url = sqs.createQueue(name, HIDDEN);
    send(url, "a", "b", "c");

    settle(source(url, 2));

    assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(bodies(url)).isEmpty();
  }

  @Test
  void messagesComeAsLambdaGivesThem() {
    String url = sqs.createQueue(name + ".fifo", HIDDEN);
    send(url, "a1");

    settle(source(url, 10));

    SQSMessage message = messages.getFirst();
    assertThat(message.getEventSource()).isEqualTo("aws:sqs");
    assertThat(message.getEventSourceArn()).endsWith(":" + name + ".fifo");
    assertThat(message.getAttributes())
        .containsEntry("MessageGroupId", "a")
        .containsEntry("MessageDeduplicationId", "a1")
        .containsEntry("ApproximateReceiveCount", "1")
        .containsKeys("SentTimestamp");
  }

  @Test
  void onlyWhatIsReportedComesAgain() {
    String url = sqs.createQueue(name, HIDDEN);
    send(url, "a", "b", "c");
    reports.put("b", 2);

    settle(source(url, 10));

    assertThat(seen).hasSize(3).endsWith("b");
    assertThat(messages).hasSize(5);
  }

  @Test
  void anErrorBringsTheWholeBatchAgain() {
    String url = sqs.createQueue(name, HIDDEN);
    send(url, "a", "b");
    function.cutOffAfter(1);

    settle(source(url, 10));

    assertThat(seen).hasSize(3).contains("a", "b");
    assertThat(bodies(url)).isEmpty();
  }

  @Test
  void anAnswerThatNamesNoMessageOfTheBatchFailsAllOfIt() {
    String url = sqs.createQueue(name, HIDDEN);
    send(url, "a");
    var calls = new ArrayList<SQSEvent>();
    var source =
        new SqsSource(
            sqs.client(),
            url,
            10,
            Duration.ZERO,
            event -> {
              calls.add(event);
              return calls.size() == 1
                  ? new SQSBatchResponse(List.of(new BatchItemFailure("nonsense")))
                  : null;
            });

    settle(source);

    assertThat(calls).hasSize(2);
  }

  @Test
  void aFailedMessageIsHiddenForTheQueuesTime() {
    String url = sqs.createQueue(name, HIDDEN);
    send(url, "a");
    reports.put("a", 1);

    settle(new SqsSource(sqs.client(), url, 10, null, function));

    assertThat(messages).hasSize(1);
    assertThat(bodies(url)).isEmpty();
  }

  @Test
  void whatIsReceivedTooOftenGoesToTheDeadLetters() {
    String dead = sqs.createQueue(name + "-dead", HIDDEN);
    String url = sqs.createQueue(name, HIDDEN, dead, 3);
    send(url, "a", "b");
    reports.put("a", 100);

    settle(source(url, 10));

    assertThat(seen).containsExactly("b");
    assertThat(messages).filteredOn(message -> message.getBody().equals("a")).hasSize(3);
    assertThat(bodies(dead)).containsExactly("a");
  }

  @Test
  void theOrderOfAGroupIsKept() {
    String url = sqs.createQueue(name + ".fifo", HIDDEN);
    send(url, "a1", "b1", "a2", "a3", "b2", "a4");
    reports.put("a2", 3);
    reports.put("b1", 1);

    settle(source(url, 2));

    assertThat(seen)
        .filteredOn(body -> body.startsWith("a"))
        .containsExactly("a1", "a2", "a3", "a4");
    assertThat(seen).filteredOn(body -> body.startsWith("b")).containsExactly("b1", "b2");
  }

  @Test
  void nothingOfAGroupIsGivenWhileAnEarlierMessageIsOutstanding() {
    String url = sqs.createQueue(name + ".fifo", HIDDEN);
    send(url, "a1", "a2", "b1");
    var hiding = new SqsSource(sqs.client(), url, 1, null, function);
    reports.put("a1", 1);

    hiding.poll();
    settle(hiding);

    assertThat(messages).extracting(SQSMessage::getBody).containsExactly("a1", "b1");
    assertThat(seen).containsExactly("b1");
  }

  @Test
  void aGroupGoesOnAfterItsPoisonIsWithTheDeadLetters() {
    String dead = sqs.createQueue(name + "-dead.fifo", HIDDEN);
    String url = sqs.createQueue(name + ".fifo", HIDDEN, dead, 2);
    send(url, "a1", "a2", "a3");
    reports.put("a1", 100);

    settle(source(url, 1));

    assertThat(seen).containsExactly("a2", "a3");
    assertThat(bodies(dead)).containsExactly("a1");
  }

  @Test
  void aCutOffBatchOfAGroupComesAgainInOrder() {
    String url = sqs.createQueue(name + ".fifo", HIDDEN);
    send(url, "a1", "a2", "a3");
    function.cutOffAfter(2);
    function.loseAnswer();

    settle(source(url, 10));

    assertThat(seen).containsExactly("a1", "a2", "a1", "a2", "a3", "a1", "a2", "a3");
  }
}
