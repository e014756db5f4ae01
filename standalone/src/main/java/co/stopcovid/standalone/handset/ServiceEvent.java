package co.stopcovid.standalone.handset;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.sms.OutboundMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the service tells a phone. */
sealed interface ServiceEvent {
  /** What was said before is all there; from now on it is live. */
  record Live() implements ServiceEvent {}

  /**
   * A message of the conversation.
   *
   * @param id the same each time the message comes
   * @param sid tells a phone its own messages; null for those to the learner
   */
  record Message(String id, boolean fromLearner, @Nullable String sid, OutboundMessage content)
      implements ServiceEvent {}

  /**
   * @throws MalformedJsonException when it is no message
   */
  static Message message(String data) {
    JsonNode json = Json.parse(data);
    String id = text(json, "id");
    if (id == null) {
      throw new MalformedJsonException("a message without an id");
    }
    return new Message(
        id,
        "inbound".equals(text(json, "direction")),
        text(json, "sid"),
        new OutboundMessage(text(json, "text"), text(json, "media_url")));
  }

  private static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isString() ? value.stringValue() : null;
  }
}
