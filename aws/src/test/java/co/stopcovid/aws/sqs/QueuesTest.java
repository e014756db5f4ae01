package co.stopcovid.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.aws.local.ElasticMq;
import co.stopcovid.aws.retry.Retries;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class QueuesTest {
  private static final DrillVersion DRILL = Samples.drill("01-sample");

  @SuppressWarnings("NullAway.Init")
  private static ElasticMq sqs;

  private final TestClock clock = new TestClock(Samples.NOON);

  @BeforeAll
  static void start() {
    sqs = ElasticMq.start();
  }

  @AfterAll
  static void stop() {
    sqs.close();
  }

  @Test
  void anEventBatchIsOneEntryInTheGroupOfItsLearner() {
    String url = fifo();
    var outbound = new OutboundBatches(sender(url));
    PhoneNumber ana = Samples.newLearner();
    PhoneNumber ben = Samples.newLearner();
    List<EventBatch> batches = List.of(batch(ana, 1), batch(ana, 2), batch(ben, 1));

    assertThat(outbound.send(batches)).isEmpty();

    List<Message> received = receive(url);
    assertThat(received.stream().map(QueuesTest::decode))
        .containsExactlyInAnyOrderElementsOf(batches);
    assertThat(received)
        .allSatisfy(
            message -> {
              EventBatch batch = decode(message);
              assertThat(message.attributes())
                  .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, batch.phone().value())
                  .containsEntry(
                      MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, batch.id().toString());
              assertThat(message.body()).contains(DRILL.id()).doesNotContain("Between the fingers");
            });
  }

  @Test
  void anEventBatchSentTwiceIsThereOnce() {
    String url = fifo();
    var outbound = new OutboundBatches(sender(url));
    EventBatch batch = batch(Samples.newLearner(), 1);

    outbound.send(List.of(batch));
    outbound.send(List.of(batch));

    assertThat(receive(url)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 90_000, 90_001, 600_000})
  void aFailureQueueKeepsWhatCameWhole(int length) {
    String url = standard();
    String payload = text(length);
    var letter =
        new DeadLetter(DeadLetter.COMMANDS, "4959", payload, "no \"such\" drill", Samples.NOON);

    new FailureQueue(sender(url)).add(List.of(letter));

    assertThat(FailureQueue.decode(receive(url).getFirst().body())).isEqualTo(letter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"source\":\"a\",\"source_id\":\"b\",\"reason\":\"c\","
            + "\"created_time\":\"2026-11-22T12:00:00Z\",\"payload_gzip\":[\"!\"]}",
        "{\"source\":\"a\",\"source_id\":\"b\",\"reason\":\"c\","
            + "\"created_time\":\"2026-11-22T12:00:00Z\",\"payload_gzip\":[\"AAAA\"]}"
      })
  void whatIsNoFailedRecordIsRefused(String body) {
    assertThatThrownBy(() -> FailureQueue.decode(body)).isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void aWakeUpComesWhenItIsDueInWholeSecondsUpToAQuarterOfAnHour() {
    var queue = new ScriptedSqs();
    var wake = new WakeQueue(new QueueSender(queue, "url", backoff()), clock);

    wake.wakeAt(Samples.NOON.minusSeconds(5));
    wake.wakeAt(Samples.NOON.plusMillis(1));
    wake.wakeAt(Samples.NOON.plusSeconds(3));
    wake.wakeAt(Samples.NOON.plusMillis(899_001));
    wake.wakeAt(Samples.NOON.plusMillis(900_001));
    wake.wakeAt(Samples.NOON.plus(Duration.ofDays(1)));

    assertThat(queue.requests)
        .extracting(request -> request.entries().getFirst().delaySeconds())
        .containsExactly(null, 1, 3, 900, 900, 900);
  }

  @Test
  void aWakeUpIsReceived() {
    String url = standard();

    new WakeQueue(sender(url), clock).wakeAt(Samples.NOON);

    assertThat(receive(url)).hasSize(1);
  }

  private static String fifo() {
    return sqs.createQueue("q" + UUID.randomUUID() + ".fifo", Duration.ofSeconds(30));
  }

  private static String standard() {
    return sqs.createQueue("q" + UUID.randomUUID(), Duration.ofSeconds(30));
  }

  private static QueueSender sender(String url) {
    return new QueueSender(sqs.client(), url, backoff());
  }

  private static Retries backoff() {
    return new Retries(2, Duration.ZERO, Duration.ZERO, wait -> {});
  }

  private static List<Message> receive(String url) {
    List<Message> messages = new ArrayList<>();
    List<Message> some;
    do {
      some =
          sqs.client()
              .receiveMessage(
                  request ->
                      request
                          .queueUrl(url)
                          .maxNumberOfMessages(10)
                          .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
              .messages();
      for (Message message : some) {
        sqs.client()
            .deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
      messages.addAll(some);
    } while (!some.isEmpty());
    return messages;
  }

  private static EventBatch decode(Message message) {
    return OutboundBatches.decode(
        message.body(), id -> id.equals(DRILL.id()) ? Optional.of(DRILL) : Optional.empty());
  }

  private static EventBatch batch(PhoneNumber phone, int version) {
    return new EventBatch(
        phone,
        SequenceNumber.of(version),
        version,
        Samples.NOON,
        UserProfile.NEW,
        List.of(
            new DialogEvent.DrillStarted(
                Samples.NOON,
                UUID.fromString("5f0c2d0e-9d0b-5c55-8a3c-0d1a10c0de00"),
                DRILL,
                DRILL.drill().first().slug())));
  }

  /** Text that does not compress well, with characters that need escapes. */
  private static String text(int length) {
    var random = new Random(1);
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) (' ' + random.nextInt(90)));
    }
    return text.toString();
  }
}
