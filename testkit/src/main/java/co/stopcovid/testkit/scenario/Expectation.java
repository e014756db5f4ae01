package co.stopcovid.testkit.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Compares JSON: of an object the expected fields alone count, a list must have exactly the
 * expected elements, and anything else must be equal. A field expected to be null may be missing.
 */
final class Expectation {
  private final List<String> differences = new ArrayList<>();

  private Expectation() {}

  /** Every difference, with the path to it; empty when the actual is as expected. */
  static List<String> differences(JsonNode expected, JsonNode actual) {
    var comparison = new Expectation();
    comparison.compare("", expected, actual);
    return comparison.differences;
  }

  private void compare(String path, JsonNode expected, JsonNode actual) {
    if (expected.isObject() && actual.isObject()) {
      for (Map.Entry<String, JsonNode> field : expected.properties()) {
        String name = path + "." + field.getKey();
        JsonNode value = actual.get(field.getKey());
        if (value != null) {
          compare(name, field.getValue(), value);
        } else if (!field.getValue().isNull()) {
          differences.add(name + " is missing, expected " + field.getValue());
        }
      }
    } else if (expected.isArray() && actual.isArray()) {
      if (expected.size() != actual.size()) {
        differences.add(
            "%s has %d elements, not %d: %s"
                .formatted(path, actual.size(), expected.size(), actual));
      }
      for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
        compare(path + "[" + i + "]", expected.get(i), actual.get(i));
      }
    } else if (!isSame(expected, actual)) {
      differences.add("%s is %s, not %s".formatted(path, actual, expected));
    }
  }

  /** Numbers are compared by value: which Java type a parser chose is nobody's business. */
  private static boolean isSame(JsonNode expected, JsonNode actual) {
    return (expected.isNumber() && actual.isNumber())
        ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
        : expected.equals(actual);
  }
}
