package co.stopcovid.aws.lambda;

import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.adapters.json.Fields;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.MissingDrillVersionException;
import co.stopcovid.adapters.json.UnknownEventTypeException;
import co.stopcovid.aws.dynamo.EventBatchItems;
import co.stopcovid.aws.dynamo.MalformedItemException;
import co.stopcovid.aws.handling.StreamPage;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.running.EventPage;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Reads event batches from the stream of their table. */
final class EventRecords {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecords.class);
  private static final String INSERTED = "INSERT";

  private final EventBatchItems items;
  private final DrillVersions versions;

  EventRecords(DrillVersions versions) {
    this.items = new EventBatchItems(versions);
    this.versions = versions;
  }

  /** Batches are never changed: only what was inserted counts. */
  StreamPage page(DynamodbEvent event) {
    List<EventPage.Entry> entries = new ArrayList<>();
    for (DynamodbStreamRecord record : event.getRecords()) {
      if (!INSERTED.equals(record.getEventName())) {
        continue;
      }
      String id = record.getDynamodb().getSequenceNumber();
      try {
        entries.add(entry(id, record.getDynamodb().getNewImage()));
      } catch (UnknownEventTypeException e) {
        LOG.error("event of a newer program: the stream waits for it: record={}", id, e);
        return new StreamPage(new EventPage(entries), id);
      }
    }
    return new StreamPage(new EventPage(entries), null);
  }

  private EventPage.Entry entry(String id, Map<String, AttributeValue> image) {
    String phone = text(image, EventBatchItems.PHONE);
    String version = text(image, EventBatchItems.VERSION);
    String batch = text(image, EventBatchItems.BATCH);
    try {
      return new EventPage.Entry.Intact(id, items.read(phone, version, batch));
    } catch (UnknownEventTypeException e) {
      // It is malformed to this program only.
      throw e;
    } catch (MalformedItemException | MalformedJsonException | MissingDrillVersionException e) {
      String payload = payload(phone, version, batch);
      return new EventPage.Entry.Unreadable(
          id, number(phone), payload, String.valueOf(e.getMessage()));
    }
  }

  /** Null when not even the number can be read. */
  private static @Nullable PhoneNumber number(String phone) {
    try {
      return new PhoneNumber(phone);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String text(Map<String, AttributeValue> image, String name) {
    AttributeValue value = image.get(name);
    if (value == null) {
      return "";
    }
    String text = value.getN() == null ? value.getS() : value.getN();
    return text == null ? "" : text;
  }

  /** An item that cannot be read, whole. */
  private static String payload(String phone, String version, String batch) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringProperty(EventBatchItems.PHONE, phone);
          json.writeStringProperty(EventBatchItems.VERSION, version);
          json.writeStringProperty(EventBatchItems.BATCH, batch);
          json.writeEndObject();
        });
  }

  /**
   * Reads what stands in a failure queue or in the outbound queue: the wire form, or an item that
   * could not be read when it came.
   *
   * @throws MalformedJsonException when it has neither form
   */
  EventBatch decode(String payload) {
    JsonNode json = Json.parse(payload);
    if (json.has(EventBatchItems.BATCH)) {
      Fields fields = Fields.of(json, "an item");
      try {
        return items.read(
            fields.text(EventBatchItems.PHONE),
            fields.text(EventBatchItems.VERSION),
            fields.text(EventBatchItems.BATCH));
      } catch (MalformedItemException e) {
        throw new MalformedJsonException(String.valueOf(e.getMessage()), e);
      }
    }
    return EventBatchCodec.decode(
        json, id -> Optional.ofNullable(versions.get(Set.of(id)).get(id)));
  }
}
