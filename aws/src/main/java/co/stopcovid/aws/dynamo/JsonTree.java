package co.stopcovid.aws.dynamo;

import co.stopcovid.adapters.json.Json;
import java.util.ArrayList;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Documents made smaller: what is null need not be stored. */
final class JsonTree {
  private JsonTree() {}

  static String write(JsonNode tree) {
    return Json.write(json -> write(json, tree));
  }

  private static void write(JsonGenerator json, JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        json.writeStartObject();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
          json.writeName(entry.getKey());
          write(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case ARRAY -> {
        json.writeStartArray();
        for (JsonNode element : node) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case STRING -> json.writeString(node.stringValue());
      case BOOLEAN -> json.writeBoolean(node.booleanValue());
      case NUMBER -> writeNumber(json, node);
      case NULL -> json.writeNull();
      case BINARY, MISSING, POJO -> throw new IllegalArgumentException("no JSON: " + node);
    }
  }

  private static void writeNumber(JsonGenerator json, JsonNode number) {
    if (!number.isIntegralNumber()) {
      json.writeNumber(number.decimalValue());
    } else if (number.canConvertToLong()) {
      json.writeNumber(number.longValue());
    } else {
      json.writeNumber(number.bigIntegerValue());
    }
  }

  /** Takes the fields out that are null, in the object and the objects in its fields. */
  static void dropNulls(ObjectNode object) {
    for (Map.Entry<String, JsonNode> entry : new ArrayList<>(object.properties())) {
      if (entry.getValue().isNull()) {
        object.remove(entry.getKey());
      } else if (entry.getValue() instanceof ObjectNode inner) {
        dropNulls(inner);
      }
    }
  }
}
