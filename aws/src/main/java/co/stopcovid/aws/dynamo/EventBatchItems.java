package co.stopcovid.aws.dynamo;

import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.MissingDrillVersionException;
import co.stopcovid.adapters.json.UnknownEventTypeException;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillVersions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Event batches as items: phone number and version as the key, and the wire form as JSON without
 * what follows from the rest. That are the ids, which derive from phone number and seq, the times
 * of events that are the batch's, the drill instance of all events but the first, and what is null
 * or true when absent.
 */
public final class EventBatchItems {
  public static final String PHONE = "phone_number";
  public static final String VERSION = "version";
  public static final String BATCH = "batch";

  private static final String BATCH_ID = "batch_id";
  private static final String EVENT_ID = "event_id";
  private static final String EVENTS = "events";
  private static final String TIME = "created_time";
  private static final String INSTANCE = "drill_instance_id";

  private static final String UNDERSTOOD = "understood";
  private static final List<String> NULL_WHEN_ABSENT =
      List.of("choice", "feedback", "message", "label", "sent_by", "prompt");

  private final DrillVersions drillVersions;

  /**
   * @param drillVersions where the drills are that events started
   */
  public EventBatchItems(DrillVersions drillVersions) {
    this.drillVersions = drillVersions;
  }

  static Map<String, AttributeValue> write(EventBatch batch) {
    ObjectNode json = object(EventBatchCodec.encode(batch));
    json.remove(PHONE);
    json.remove(VERSION);
    json.remove(BATCH_ID);
    JsonTree.dropNulls(json);
    JsonNode time = json.get(TIME);
    JsonNode instance = null;
    for (JsonNode element : json.get(EVENTS)) {
      ObjectNode event = (ObjectNode) element;
      event.remove(EVENT_ID);
      leaveOutWhatIsUsual(event);
      if (time.equals(event.get(TIME))) {
        event.remove(TIME);
      }
      JsonNode own = event.get(INSTANCE);
      if (instance == null && own != null && !own.isNull()) {
        instance = own;
      } else if (own != null && own.equals(instance)) {
        event.remove(INSTANCE);
      }
    }
    return Map.of(
        PHONE, Attributes.text(batch.phone().value()),
        VERSION, Attributes.number(batch.version()),
        BATCH, Attributes.text(JsonTree.write(json)));
  }

  /** Of an answer, what a reader takes for granted where it is absent. */
  private static void leaveOutWhatIsUsual(ObjectNode event) {
    for (String name : NULL_WHEN_ABSENT) {
      if (event.path(name).isNull()) {
        event.remove(name);
      }
    }
    if (event.path(UNDERSTOOD).asBoolean(false)) {
      event.remove(UNDERSTOOD);
    }
  }

  EventBatch read(Map<String, AttributeValue> item) {
    return read(
        Attributes.text(item, PHONE),
        Attributes.number(item, VERSION),
        Attributes.text(item, BATCH));
  }

  /**
   * Reads a batch from what a table's stream says of its item.
   *
   * @param phone the attribute {@link #PHONE}
   * @param version the attribute {@link #VERSION}, a number that comes as a text
   * @param batch the attribute {@link #BATCH}
   * @throws MalformedItemException or {@link MalformedJsonException} when it has not the form of a
   *     batch
   * @throws UnknownEventTypeException when a newer program wrote it
   * @throws MissingDrillVersionException when the drill that an event started is not stored
   */
  public EventBatch read(String phone, String version, String batch) {
    return read(phone, Attributes.wholeNumber(VERSION, version), batch);
  }

  private EventBatch read(String phone, long version, String batch) {
    ObjectNode json = object(batch);
    json.put(PHONE, phone);
    json.put(VERSION, version);
    JsonNode time = json.get(TIME);
    JsonNode instance = null;
    for (JsonNode element : json.path(EVENTS)) {
      if (element instanceof ObjectNode event) {
        restore(event, TIME, time);
        JsonNode own = event.get(INSTANCE);
        if (own == null) {
          restore(event, INSTANCE, instance);
        } else if (instance == null && !own.isNull()) {
          instance = own;
        }
      }
    }
    return EventBatchCodec.decode(
        json, id -> Optional.ofNullable(drillVersions.get(Set.of(id)).get(id)));
  }

  private static void restore(ObjectNode event, String name, @Nullable JsonNode value) {
    if (value != null && !event.has(name)) {
      event.set(name, value);
    }
  }

  private static ObjectNode object(String json) {
    if (Json.parse(json) instanceof ObjectNode object) {
      return object;
    }
    throw new MalformedItemException(BATCH + " must hold a JSON object");
  }
}
