package co.stopcovid.adapters.json;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Event batches as they are stored and streamed. The ids in them derive from phone number, seq and
 * place: they are written for readers elsewhere, and not read back.
 */
public final class EventBatchCodec {
  private EventBatchCodec() {}

  /**
   * Reads a batch. Fields that are not known are passed over, event types that are not known never.
   *
   * @param versions finds a drill version by its id
   * @throws UnknownEventTypeException when an event is of a type that this program does not know
   * @throws MissingDrillVersionException when the drill version that an event started is not found
   * @throws MalformedJsonException when it has not the form of a batch; the message names the field
   */
  public static EventBatch decode(String json, Function<String, Optional<DrillVersion>> versions) {
    return decode(Json.parse(json), versions);
  }

  /** Like {@link #decode(String, Function)}, from a document that was parsed before. */
  public static EventBatch decode(
      JsonNode json, Function<String, Optional<DrillVersion>> versions) {
    Fields batch = Fields.of(json, "an event batch");
    PhoneNumber phone = batch.phone("phone_number");
    SequenceNumber seq = batch.seq("seq");
    List<DialogEvent> events = new ArrayList<>();
    for (Fields event : batch.objects("events")) {
      String name = event.text("event_type");
      EventType type =
          EventType.find(name)
              .orElseThrow(() -> new UnknownEventTypeException(name, batchId(batch)));
      events.add(EventCodec.read(event, type, versions));
    }
    if (events.isEmpty()) {
      throw batch.malformed("events", "must hold at least one event");
    }
    return new EventBatch(
        phone,
        seq,
        batch.integer("version", 1, Long.MAX_VALUE),
        batch.time("created_time"),
        ProfileCodec.read(batch.object("user_profile")),
        events);
  }

  /** As it is written there, so that it can be searched for. */
  private static String batchId(Fields batch) {
    return batch.has("batch_id") ? batch.text("batch_id") : "without batch_id";
  }

  public static String encode(EventBatch batch) {
    return Json.write(json -> write(json, batch));
  }

  private static void write(JsonGenerator json, EventBatch batch) {
    json.writeStartObject();
    json.writeStringProperty("batch_id", batch.id().toString());
    json.writeStringProperty("phone_number", batch.phone().value());
    json.writeStringProperty("seq", batch.seq().toString());
    json.writeNumberProperty("version", batch.version());
    json.writeStringProperty("created_time", Timestamps.format(batch.createdTime()));
    json.writeName("user_profile");
    ProfileCodec.write(json, batch.profile());
    json.writeName("events");
    writeEvents(json, batch);
    json.writeEndObject();
  }

  /** Writes the array of the events, without a name before it. */
  public static void writeEvents(JsonGenerator json, EventBatch batch) {
    json.writeStartArray();
    for (int i = 0; i < batch.events().size(); i++) {
      EventCodec.write(json, batch.events().get(i), batch.eventId(i));
    }
    json.writeEndArray();
  }
}
