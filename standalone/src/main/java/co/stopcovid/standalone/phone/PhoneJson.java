package co.stopcovid.standalone.phone;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.common.SequenceNumber;
import tools.jackson.core.JsonGenerator;

/** The JSON that simulated phones are answered with. */
final class PhoneJson {
  private PhoneJson() {}

  static String write(PhoneMessage bubble) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("id", bubble.id());
          json.writeStringProperty("time", bubble.time().toString());
          switch (bubble) {
            case PhoneMessage.Written written -> {
              json.writeStringProperty("direction", "inbound");
              Json.writeText(json, "sid", written.sid());
              json.writeStringProperty("text", written.body());
            }
            case PhoneMessage.Arrived arrived -> {
              json.writeStringProperty("direction", "outbound");
              Json.writeText(json, "text", arrived.content().body());
              Json.writeText(json, "media_url", arrived.content().mediaUrl());
            }
          }
          json.writeEndObject();
        });
  }

  static void writeAccepted(JsonGenerator json, SequenceNumber seq) {
    json.writeStartObject();
    json.writeStringProperty("seq", seq.toString());
    json.writeEndObject();
  }
}
