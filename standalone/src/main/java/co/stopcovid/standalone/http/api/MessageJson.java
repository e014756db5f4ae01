package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.LoggedMessage;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.sms.Undelivered;
import tools.jackson.core.JsonGenerator;

/** Messages as the API shows them. */
final class MessageJson {
  private MessageJson() {}

  static void write(JsonGenerator json, LoggedMessage message) {
    switch (message) {
      case LoggedMessage.Inbound(ReceivedMessage received) -> write(json, received);
      case LoggedMessage.Outbound(LedgerEntry entry) -> write(json, entry);
    }
  }

  static void write(JsonGenerator json, ReceivedMessage message) {
    json.writeStartObject();
    json.writeStringProperty("direction", "inbound");
    json.writeStringProperty("phone_number", message.phone().value());
    json.writeStringProperty("seq", message.seq().toString());
    Json.writeTime(json, "time", message.receivedTime());
    json.writeStringProperty("body", message.body());
    json.writeArrayPropertyStart("media_urls");
    message.mediaUrls().forEach(json::writeString);
    json.writeEndArray();
    Json.writeText(json, "sid", message.sid());
    Json.writeText(json, "our_number", message.ourNumber());
    json.writeBooleanProperty("unhandled", message.unhandled());
    json.writeEndObject();
  }

  static void write(JsonGenerator json, LedgerEntry entry) {
    json.writeStartObject();
    json.writeStringProperty("direction", "outbound");
    json.writeStringProperty("phone_number", entry.id().phone().value());
    json.writeStringProperty("id", entry.id().token());
    Json.writeTime(json, "time", entry.createdTime());
    Json.writeText(json, "body", entry.message().body());
    Json.writeText(json, "media_url", entry.message().mediaUrl());
    json.writeStringProperty("kind", entry.kind().name());
    json.writeStringProperty("state", entry.state().label());
    Json.writeText(json, "sid", entry.state().providerId().orElse(null));
    Json.writeText(
        json,
        "reason",
        switch (entry.state()) {
          case DeliveryState.Failed failed -> failed.reason();
          case DeliveryState.Parked parked -> parked.reason();
          case DeliveryState.Queued queued -> null;
          case DeliveryState.Sending sending -> null;
          case DeliveryState.Sent sent -> null;
          case DeliveryState.Delivered delivered -> null;
        });
    Json.writeTime(json, "not_before", entry.notBefore());
    Json.writeTime(json, "expires_at", entry.expiresAt());
    Json.writeTime(json, "updated_time", entry.updatedTime());
    json.writeEndObject();
  }

  static void write(JsonGenerator json, Undelivered.Count count) {
    json.writeStartObject();
    json.writeStringProperty("reason", count.reason());
    json.writeNumberProperty("messages", count.messages());
    json.writeNumberProperty("learners", count.learners());
    Json.writeTime(json, "latest_time", count.latest());
    json.writeEndObject();
  }
}
