package co.stopcovid.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.aws.dynamo.EventBatchItems;
import co.stopcovid.aws.handling.FailedBatches;
import co.stopcovid.aws.handling.MessageDistribution;
import co.stopcovid.aws.handling.QueueCodec;
import co.stopcovid.aws.handling.QueueReading;
import co.stopcovid.aws.handling.StreamPage;
import co.stopcovid.aws.local.LocalContext;
import co.stopcovid.aws.sqs.QueueSender.Unsent;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.running.EventPage;
import co.stopcovid.sms.DeliveryEvent;
import co.stopcovid.sms.DeliveryReport;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What functions read from their events, and what they answer of each record. */
class PartialAnswersTest {
  private static final LocalContext CALL = new LocalContext("test", LocalContext.TIMEOUT);
  private static final PhoneNumber LEARNER = new PhoneNumber("+12025550123");

  private final TestClock clock = new TestClock(Samples.NOON);
  private final LearnerStory ana = LearnerStory.ofSomeone().registers("Acme").failsToRegister();
  private final LearnerStory ben = LearnerStory.ofSomeone().registers("Acme");
  private final InMemoryDrillVersions versions = new InMemoryDrillVersions();
  private final EventRecords reader = new EventRecords(versions);
  private final List<DeadLetter> letters = new ArrayList<>();

  private static DynamodbStreamRecord inserted(String id, EventBatch batch) {
    return record(
        "INSERT", id, batch.phone().value(), batch.version(), EventBatchCodec.encode(batch));
  }

  private static DynamodbStreamRecord record(
      String event, String id, String phone, long version, String batch) {
    var record = new DynamodbStreamRecord();
    record.setEventName(event);
    record.setDynamodb(
        new StreamRecord()
            .withSequenceNumber(id)
            .withNewImage(
                Map.of(
                    EventBatchItems.PHONE, new AttributeValue().withS(phone),
                    EventBatchItems.VERSION, new AttributeValue().withN(Long.toString(version)),
                    EventBatchItems.BATCH, new AttributeValue().withS(batch))));
    return record;
  }

  private static DynamodbEvent event(DynamodbStreamRecord... records) {
    var event = new DynamodbEvent();
    event.setRecords(List.of(records));
    return event;
  }

  private EventBatch ana(int version) {
    return ana.batches().get(version - 1);
  }

  @Test
  void onlyWhatWasInsertedIsRead() {
    EventBatch batch = ana(1);
    StreamPage page =
        reader.page(
            event(
                inserted("1", batch),
                record(
                    "REMOVE",
                    "2",
                    batch.phone().value(),
                    batch.version(),
                    EventBatchCodec.encode(batch))));
    assertThat(page.page().entries()).containsExactly(new EventPage.Entry.Intact("1", batch));
    assertThat(page.blockedAt()).isNull();
  }

  @Test
  void whatCannotBeReadIsKeptWholeAndCanBeReadOnceItIsMended() {
    LearnerStory learner = LearnerStory.ofSomeone().starts(Samples.drill("01-first"));
    StreamPage page = reader.page(event(inserted("1", learner.last()), inserted("2", ben.last())));
    assertThat(page.page().entries()).hasSize(2);
    var unreadable = (EventPage.Entry.Unreadable) page.page().entries().getFirst();
    assertThat(unreadable.phone()).isEqualTo(learner.phone());
    versions.put(List.of(Samples.drill("01-first")));
    assertThat(reader.decode(unreadable.payload())).isEqualTo(learner.last());
    assertThat(reader.decode(EventBatchCodec.encode(ben.last()))).isEqualTo(ben.last());
  }

  @Test
  void whatANewerProgramWroteBlocksThePageThere() {
    String newer = EventBatchCodec.encode(ana(1)).replace("USER_VALIDATED", "NEWER");
    StreamPage page =
        reader.page(
            event(
                inserted("1", ben.last()),
                record("INSERT", "2", ana.phone().value(), 1, newer),
                inserted("3", ana(2))));
    assertThat(page.page().entries()).containsExactly(new EventPage.Entry.Intact("1", ben.last()));
    assertThat(page.blockedAt()).isEqualTo("2");
  }

  @Test
  void aStreamIsAnsweredWithTheFirstRecordThatComesAgain() {
    DynamodbEvent event =
        event(inserted("1", ben.last()), inserted("2", ana(1)), inserted("3", ana(2)));
    assertThat(distribute(event, new Unsent(1, "busy", false), new Unsent(2, "busy", false)))
        .containsExactly("2");
    assertThat(distribute(event)).isEmpty();
    assertThat(letters).isEmpty();
  }

  private List<String> distribute(DynamodbEvent event, Unsent... unsent) {
    var distribution =
        new MessageDistribution(
            batches -> List.of(unsent),
            new FailedBatches(DeadLetter.MESSAGES, letters::addAll, clock));
    return new MessageDistributorFunction(reader::page, distribution)
        .handleRequest(event, CALL).getBatchItemFailures().stream()
            .map(StreamsEventResponse.BatchItemFailure::getItemIdentifier)
            .toList();
  }

  @Test
  void aQueueIsAnsweredWithEachMessageThatComesAgain() {
    var event = new SQSEvent();
    event.setRecords(List.of(message("1", "SM1"), message("2", "SM2"), message("3", "SM3")));
    var reading =
        new QueueReading<>(
            QueueReading.DELIVERY_REPORTS,
            QueueCodec::report,
            report -> {
              if (report.sid().equals("SM2")) {
                throw new StorageException("out of reach");
              }
            },
            letters::addAll,
            clock);
    SQSBatchResponse answer = new DeliveryReportFunction(reading).handleRequest(event, CALL);
    assertThat(answer.getBatchItemFailures())
        .extracting(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
        .containsExactly("2");
  }

  private static SQSEvent.SQSMessage message(String id, String sid) {
    var message = new SQSEvent.SQSMessage();
    message.setMessageId(id);
    message.setBody(
        QueueCodec.encode(
            new DeliveryReport(LEARNER, null, sid, DeliveryEvent.Progress.SENT, "", false)));
    return message;
  }
}
