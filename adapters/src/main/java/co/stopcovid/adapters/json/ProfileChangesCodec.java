package co.stopcovid.adapters.json;

import co.stopcovid.dialog.ProfileChanges;
import co.stopcovid.drills.ProfileKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** {@code changes}: a flat object of names and new values; null removes. */
public final class ProfileChangesCodec {
  private static final String FIELD = "changes";

  private ProfileChangesCodec() {}

  /** The field of an object. */
  public static ProfileChanges read(Fields parent) {
    Fields changes = parent.object(FIELD);
    var values = new TreeMap<String, Optional<String>>();
    for (Map.Entry<String, JsonNode> entry : changes.entries()) {
      values.put(entry.getKey(), value(changes, entry.getKey(), entry.getValue()));
    }
    try {
      return new ProfileChanges(values);
    } catch (IllegalArgumentException e) {
      throw parent.malformed(FIELD, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> value(Fields changes, String name, JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL -> Optional.empty();
      case STRING -> Optional.of(node.stringValue());
      case NUMBER, BOOLEAN -> Optional.of(node.asString());
      case ARRAY -> Optional.of(TextLists.read(changes, name, node));
      case BINARY, MISSING, OBJECT, POJO ->
          throw changes.malformed(name, "must be a text, a list of texts, or null");
    };
  }

  static void write(JsonGenerator json, ProfileChanges changes) {
    json.writeObjectPropertyStart(FIELD);
    changes
        .values()
        .forEach(
            (name, value) -> {
              json.writeName(name);
              if (value.isEmpty()) {
                json.writeNull();
              } else if (name.equals(ProfileKey.SCHEDULE_DAYS.wireName())) {
                TextLists.write(json, value.get());
              } else {
                json.writeString(value.get());
              }
            });
    json.writeEndObject();
  }
}
