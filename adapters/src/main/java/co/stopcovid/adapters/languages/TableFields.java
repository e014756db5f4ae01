package co.stopcovid.adapters.languages;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * The fields of a table in YAML: lists and maps of strings. Token by token and not by binding,
 * since it is in the path of every start. Every scalar is a string, {@code no} and {@code 20} too.
 */
final class TableFields {
  private final String source;
  private final Map<String, List<String>> lists = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> maps = new LinkedHashMap<>();

  private TableFields(String source) {
    this.source = source;
  }

  /**
   * @param source what an error message calls it
   * @throws IllegalArgumentException when a field is there twice or of another shape
   */
  static TableFields read(String source, InputStream yaml) {
    var fields = new TableFields(source);
    try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), yaml)) {
      fields.expect(parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        fields.readField(parser, parser.currentName());
      }
    }
    return fields;
  }

  private void readField(JsonParser parser, String field) {
    if (lists.containsKey(field) || maps.containsKey(field)) {
      throw invalid("has the field twice: " + field);
    }
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_ARRAY) {
      List<String> list = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(scalar(parser));
      }
      lists.put(field, list);
    } else {
      expect(token, JsonToken.START_OBJECT);
      Map<String, String> map = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        if (map.put(key, scalar(parser)) != null) {
          throw invalid(field + " has the key twice: " + key);
        }
      }
      maps.put(field, map);
    }
  }

  private String scalar(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
      throw invalid("holds something other than a string at " + parser.currentTokenLocation());
    }
    return parser.getString();
  }

  /** Takes a list out. */
  Set<String> set(String field) {
    return new LinkedHashSet<>(list(field));
  }

  /** Takes a list out. */
  List<String> list(String field) {
    List<String> list = lists.remove(field);
    if (list == null) {
      throw invalid("lacks the list " + field);
    }
    return list;
  }

  /** Takes a map out. */
  Map<String, String> map(String field) {
    Map<String, String> map = maps.remove(field);
    if (map == null) {
      throw invalid("lacks the map " + field);
    }
    return map;
  }

  /** Takes a list out, as a map with empty values, or a map; an empty one when it is missing. */
  Map<String, String> phrases(String field) {
    Map<String, String> phrases = new HashMap<>();
    List<String> list = lists.remove(field);
    if (list != null) {
      list.forEach(phrase -> phrases.put(phrase, ""));
    }
    Map<String, String> map = maps.remove(field);
    if (map != null) {
      phrases.putAll(map);
    }
    return phrases;
  }

  /**
   * @throws IllegalArgumentException when there are fields that nobody took out
   */
  void end() {
    if (!lists.isEmpty() || !maps.isEmpty()) {
      throw invalid("has unknown fields: " + lists.keySet() + maps.keySet());
    }
  }

  private void expect(@Nullable JsonToken token, JsonToken expected) {
    if (token != expected) {
      throw invalid("is no map of lists and maps");
    }
  }

  private IllegalArgumentException invalid(String problem) {
    return new IllegalArgumentException("language table " + source + " " + problem);
  }
}
