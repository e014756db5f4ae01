package co.stopcovid.aws.handling;

import co.stopcovid.adapters.json.Fields;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryEvent.Progress;
import co.stopcovid.sms.DeliveryReport;
import co.stopcovid.sms.ReceivedMessage;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Delivery reports, learners' messages, and learners whose codes are to be checked, as they travel
 * over queues.
 */
public final class QueueCodec {
  private QueueCodec() {}

  public static String encode(DeliveryReport report) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("phone_number", report.phone().value());
          Json.writeText(json, "token", report.token());
          json.writeStringProperty("sid", report.sid());
          json.writeStringProperty("progress", report.progress().name());
          json.writeStringProperty("reason", report.reason());
          json.writeBooleanProperty("opted_out", report.optedOut());
          json.writeEndObject();
        });
  }

  /**
   * @throws MalformedJsonException when it has not the form of a report
   */
  public static DeliveryReport report(String body) {
    Fields fields = Fields.of(Json.parse(body), "a delivery report");
    return new DeliveryReport(
        fields.phone("phone_number"),
        fields.textOrNull("token"),
        fields.text("sid"),
        fields.value("progress", "how far the message has come", Progress::valueOf),
        fields.text("reason"),
        fields.truth("opted_out"));
  }

  public static String encode(PhoneNumber phone) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("phone_number", phone.value());
          json.writeEndObject();
        });
  }

  /**
   * @throws MalformedJsonException when it names no learner
   */
  public static PhoneNumber phone(String body) {
    return Fields.of(Json.parse(body), "a learner to be registered").phone("phone_number");
  }

  public static String encode(ReceivedMessage message) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("phone_number", message.phone().value());
          json.writeStringProperty("seq", message.seq().toString());
          Json.writeTime(json, "received_time", message.receivedTime());
          Json.writeText(json, "sid", message.sid());
          Json.writeText(json, "our_number", message.ourNumber());
          json.writeStringProperty("body", message.body());
          json.writeArrayPropertyStart("media_urls");
          message.mediaUrls().forEach(json::writeString);
          json.writeEndArray();
          json.writeBooleanProperty("unhandled", message.unhandled());
          json.writeEndObject();
        });
  }

  /**
   * @throws MalformedJsonException when it has not the form of a message
   */
  public static ReceivedMessage message(String body) {
    JsonNode json = Json.parse(body);
    Fields fields = Fields.of(json, "a received message");
    List<String> media = new ArrayList<>();
    json.path("media_urls").forEach(url -> media.add(url.asString("")));
    return new ReceivedMessage(
        fields.phone("phone_number"),
        fields.seq("seq"),
        fields.time("received_time"),
        fields.textOrNull("sid"),
        fields.textOrNull("our_number"),
        fields.text("body"),
        media,
        fields.truth("unhandled"));
  }
}
