package co.stopcovid.aws.dynamo;

import co.stopcovid.adapters.json.DialogStateCodec;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.drills.DrillVersion;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Dialog states as items: phone number and version, which conditions are about, and the rest as
 * JSON without what is null or stands beside it.
 */
final class DialogStateItems {
  static final String PHONE = "phone_number";
  static final String VERSION = "version";
  static final String STATE = "state";

  private DialogStateItems() {}

  static Map<String, AttributeValue> write(DialogState state) {
    ObjectNode json = object(DialogStateCodec.encode(state));
    json.remove(PHONE);
    json.remove(VERSION);
    JsonTree.dropNulls(json);
    return Map.of(
        PHONE, Attributes.text(state.phone().value()),
        VERSION, Attributes.number(state.version()),
        STATE, Attributes.text(JsonTree.write(json)));
  }

  /**
   * The state in an item, before the drill that it refers to is known.
   *
   * @throws MalformedItemException when it has not the form of one
   * @throws MalformedJsonException when its JSON has not
   */
  static ObjectNode open(Map<String, AttributeValue> item) {
    ObjectNode json = object(Attributes.text(item, STATE));
    json.put(PHONE, Attributes.text(item, PHONE));
    json.put(VERSION, Attributes.number(item, VERSION));
    return json;
  }

  /** The version of the drill under way; null when there is none. */
  static @Nullable String drillVersion(ObjectNode opened) {
    JsonNode id = opened.path("drill").path("version");
    return id.isString() ? id.stringValue() : null;
  }

  static DialogState read(
      ObjectNode opened, Function<String, Optional<DrillVersion>> drillVersions) {
    return DialogStateCodec.decode(opened, drillVersions);
  }

  private static ObjectNode object(String json) {
    if (Json.parse(json) instanceof ObjectNode object) {
      return object;
    }
    throw new MalformedItemException(STATE + " must hold a JSON object");
  }
}
