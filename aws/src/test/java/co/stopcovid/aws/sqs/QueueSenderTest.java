package co.stopcovid.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.aws.retry.Retries;
import co.stopcovid.aws.sqs.QueueSender.Unsent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

class QueueSenderTest {
  private static final int TRIES = 3;

  private final ScriptedSqs sqs = new ScriptedSqs();
  private final List<Duration> waits = new ArrayList<>();
  private final QueueSender sender =
      new QueueSender(
          sqs, "url", new Retries(TRIES, Duration.ofMillis(50), Duration.ofSeconds(1), waits::add));

  @Test
  void aRequestHoldsAtMostTenMessagesInTheirOrder() {
    List<String> bodies = IntStream.range(0, 23).mapToObj(i -> "\"" + i + "\"").toList();

    sender.send(bodies.stream().map(QueueMessage::of).toList());

    assertThat(sqs.bodies).isEqualTo(bodies);
    assertThat(sqs.requests)
        .extracting(request -> request.entries().size())
        .containsExactly(10, 10, 3);
  }

  @Test
  void aRequestHoldsAtMostOneMebibyte() {
    String third = '"' + "é".repeat(200_000) + '"';

    sender.send(List.of(QueueMessage.of(third), QueueMessage.of(third), QueueMessage.of(third)));

    assertThat(sqs.requests)
        .extracting(
            request ->
                request.entries().stream()
                    .mapToInt(entry -> entry.messageBody().getBytes(StandardCharsets.UTF_8).length)
                    .sum())
        .allSatisfy(bytes -> assertThat(bytes).isLessThanOrEqualTo(1_048_576))
        .hasSize(2);
    assertThat(sqs.bodies).hasSize(3);
  }

  @Test
  void whatIsTooLongIsNotSentAndTheOthersAre() {
    String long1 = '"' + "x".repeat(QueueMessage.LONGEST) + '"';

    List<Unsent> unsent =
        sender.trySend(List.of(message("a"), QueueMessage.of(long1), message("b")));

    assertThat(unsent).containsExactly(new Unsent(1, "MessageTooLong", true));
    assertThat(sqs.bodies).containsExactly("\"a\"", "\"b\"");
  }

  @Test
  void onlyWhatFailedIsSentAgain() {
    sqs.refuse("\"b\"", "InternalError", false, 2);

    assertThat(sender.trySend(List.of(message("a"), message("b"), message("c")))).isEmpty();

    assertThat(sqs.bodies).containsExactly("\"a\"", "\"c\"", "\"b\"");
    assertThat(sqs.requests)
        .extracting(request -> request.entries().size())
        .containsExactly(3, 1, 1);
    assertThat(waits).hasSize(2);
  }

  @Test
  void afterTheLastTryTheUnsentAreTold() {
    sqs.refuse("\"b\"", "InternalError", false, 100);

    assertThat(sender.trySend(List.of(message("a"), message("b"), message("c"))))
        .containsExactly(new Unsent(1, "InternalError", false));
    assertThatThrownBy(() -> sender.send(List.of(message("b"))))
        .isInstanceOf(UnsentMessagesException.class)
        .hasMessageContaining("InternalError");
  }

  @Test
  void whatTheQueueRefusesForGoodIsNotSentAgain() {
    sqs.refuse("\"b\"", "InvalidMessageContents", true, 100);

    assertThat(sender.trySend(List.of(message("a"), message("b"))))
        .containsExactly(new Unsent(1, "InvalidMessageContents", true));
    assertThat(waits).isEmpty();
  }

  @Test
  void aThrottledSenderTriesAgain() {
    sqs.refuse("\"a\"", "ThrottlingException", true, 1);

    assertThat(sender.trySend(List.of(message("a")))).isEmpty();
  }

  @Test
  void noRequestHoldsTwoMessagesOfAGroup() {
    sender.send(List.of(grouped("A", 1), grouped("A", 2), grouped("B", 1), grouped("A", 3)));

    assertThat(sqs.requests)
        .allSatisfy(
            request ->
                assertThat(request.entries())
                    .extracting(SendMessageBatchRequestEntry::messageGroupId)
                    .doesNotHaveDuplicates());
    assertThat(sqs.bodies).filteredOn(body -> body.startsWith("\"A")).isSorted().hasSize(3);
    assertThat(sqs.requests.getFirst().entries())
        .extracting(SendMessageBatchRequestEntry::messageDeduplicationId)
        .containsExactly("A1", "B1");
  }

  @Test
  void noMessageOvertakesAFailedOneOfItsGroup() {
    sqs.refuse("\"A1\"", "InternalError", false, 1);

    assertThat(sender.trySend(List.of(grouped("A", 1), grouped("A", 2), grouped("B", 1))))
        .isEmpty();

    assertThat(sqs.bodies).containsExactly("\"B1\"", "\"A1\"", "\"A2\"");
  }

  @Test
  void whatFollowsAnUnsentMessageOfItsGroupStaysToo() {
    sqs.refuse("\"A1\"", "InternalError", false, 100);

    assertThat(sender.trySend(List.of(grouped("A", 1), grouped("B", 1), grouped("A", 2))))
        .containsExactly(
            new Unsent(0, "InternalError", false), new Unsent(2, "AfterUnsent", false));
    assertThat(sqs.bodies).containsExactly("\"B1\"");
  }

  @Test
  void whatFollowsARefusedMessageOfItsGroupStaysToo() {
    sqs.refuse("\"A1\"", "InvalidMessageContents", true, 100);

    assertThat(sender.trySend(List.of(grouped("A", 1), grouped("B", 1), grouped("A", 2))))
        .containsExactly(
            new Unsent(0, "InvalidMessageContents", true), new Unsent(2, "AfterUnsent", false));
    assertThat(sqs.bodies).containsExactly("\"B1\"");
  }

  /** Learners send such characters; SQS takes none of them. */
  @Test
  void charactersThatSqsRefusesAreEscaped() {
    assertThat(QueueMessage.of("\"a\uFFFF\uFFFE👍\uD83D洗\"").body())
        .isEqualTo("\"a\\uffff\\ufffe👍\\ud83d洗\"");
    assertThat(QueueMessage.of("\"👍洗\"").body()).isEqualTo("\"👍洗\"");
  }

  @Test
  void aDelayIsWithinWhatSqsAllows() {
    assertThatThrownBy(() -> QueueMessage.delayed("1", Duration.ofSeconds(901)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> QueueMessage.delayed("1", Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);

    sender.send(List.of(QueueMessage.delayed("1", Duration.ofMinutes(15))));

    assertThat(sqs.requests.getFirst().entries().getFirst().delaySeconds()).isEqualTo(900);
  }

  private static QueueMessage message(String body) {
    return QueueMessage.of('"' + body + '"');
  }

  private static QueueMessage grouped(String group, int number) {
    return QueueMessage.inGroup(group, group + number, "\"" + group + number + "\"");
  }
}
