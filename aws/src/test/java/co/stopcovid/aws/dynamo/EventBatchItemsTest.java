package co.stopcovid.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.MissingDrillVersionException;
import co.stopcovid.adapters.json.UnknownEventTypeException;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.testkit.Conversation;
import co.stopcovid.testkit.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class EventBatchItemsTest {
  private static final DrillVersion DRILL = Samples.drill("01-sample");
  private static final UUID ONE = UUID.fromString("7e57ed00-0000-5000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("7e57ed00-0000-5000-8000-000000000002");
  private static final Instant NOON = Samples.NOON;
  private static final PromptSlug SOAP = new PromptSlug("soap");

  private final InMemoryDrillVersions versions = new InMemoryDrillVersions();
  private final EventBatchItems items = new EventBatchItems(versions);
  private final Conversation ana = new Conversation(Samples.newLearner());

  private EventBatch batch(DialogEvent... events) {
    return ana.next(events).batches().getFirst();
  }

  private static String json(EventBatch batch) {
    return Attributes.text(EventBatchItems.write(batch), EventBatchItems.BATCH);
  }

  /** As the stream of the table says it. */
  private EventBatch fromStream(EventBatch batch) {
    Map<String, AttributeValue> image = EventBatchItems.write(batch);
    assertThat(image)
        .containsOnlyKeys(EventBatchItems.PHONE, EventBatchItems.VERSION, EventBatchItems.BATCH);
    return items.read(
        Attributes.text(image, EventBatchItems.PHONE),
        String.valueOf(Attributes.number(image, EventBatchItems.VERSION)),
        Attributes.text(image, EventBatchItems.BATCH));
  }

  @Test
  void everyBatchComesOutOfTheStreamAsItWentIn() {
    versions.put(List.of(DRILL));
    for (EventBatch batch : ana.next(Conversation.everything(DRILL)).batches()) {
      assertThat(fromStream(batch)).isEqualTo(batch);
    }
  }

  @Test
  void whatFollowsFromTheRestIsNotStored() {
    EventBatch batch =
        batch(
            new DialogEvent.CompletedPrompt(NOON, ONE, SOAP, "soap"),
            new DialogEvent.AdvancedToNextPrompt(NOON, ONE, SOAP),
            new DialogEvent.DrillCompleted(NOON, ONE));

    assertThat(json(batch))
        .doesNotContain(batch.id().toString())
        .doesNotContain(batch.eventId(0).toString())
        .doesNotContain("phone_number")
        .containsOnlyOnce(ONE.toString())
        .containsOnlyOnce("2026-11-22T12:00:00.123Z")
        .doesNotContain("null");
    assertThat(fromStream(batch)).isEqualTo(batch);
  }

  @Test
  void timesAndDrillInstancesThatDifferAreKept() {
    List<List<DialogEvent>> batches =
        List.of(
            List.of(
                new DialogEvent.CompletedPrompt(NOON, ONE, SOAP, "soap"),
                new DialogEvent.AdvancedToNextPrompt(NOON.plusMillis(1), OTHER, SOAP),
                new DialogEvent.DrillCompleted(NOON, ONE)),
            List.of(
                new DialogEvent.DrillCompleted(NOON.plusSeconds(1), ONE),
                new DialogEvent.OptedOut(NOON, null, true),
                new DialogEvent.OptedOut(NOON, ONE, true)),
            List.of(
                new DialogEvent.OptedOut(NOON, null, true),
                new DialogEvent.NextDrillRequested(NOON),
                new DialogEvent.DrillCompleted(NOON, ONE)));
    for (List<DialogEvent> events : batches) {
      var batch =
          new EventBatch(
              ana.phone(), CourseConversation.number(1), 1, NOON, ana.state().profile(), events);

      assertThat(fromStream(batch)).isEqualTo(batch);
    }
  }

  @Test
  void anUnknownEventTypeIsNeverDropped() {
    EventBatch batch = batch(Conversation.anything());
    String newer = json(batch).replace("USER_VALIDATION_FAILED", "DRILL_POSTPONED");

    assertThatThrownBy(() -> items.read("+12025550101", "1", newer))
        .isInstanceOf(UnknownEventTypeException.class);
  }

  @Test
  void aDrillThatIsNotStoredIsAnError() {
    EventBatch batch = batch(new DialogEvent.DrillStarted(NOON, ONE, DRILL, SOAP));

    assertThatThrownBy(() -> fromStream(batch)).isInstanceOf(MissingDrillVersionException.class);
  }

  @Test
  void whatIsNoBatchIsRefused() {
    String good = json(batch(Conversation.anything()));
    List<Throwable> refusals = new ArrayList<>();
    for (String[] image :
        new String[][] {
          {"+12025550101", "x", good},
          {"12025550101", "1", good},
          {"+12025550101", "1", "[]"},
          {"+12025550101", "1", "{}"},
          {"+12025550101", "1", good.substring(1)},
          {"+12025550101", "0", good},
          {"+12025550101", "1", "{\"events\":[1]}"}
        }) {
      try {
        items.read(image[0], image[1], image[2]);
      } catch (MalformedItemException | MalformedJsonException e) {
        refusals.add(e);
      }
    }
    assertThat(refusals).hasSize(7);
  }
}
