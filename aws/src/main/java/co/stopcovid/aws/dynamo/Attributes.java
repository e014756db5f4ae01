package co.stopcovid.aws.dynamo;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Values of items, to and from the types that they stand for. */
final class Attributes {
  private Attributes() {}

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  /**
   * A text of an item.
   *
   * @throws MalformedItemException when it is missing or no text
   */
  static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null || value.type() != AttributeValue.Type.S) {
      throw new MalformedItemException(name + " must be a text");
    }
    return value.s();
  }

  /**
   * A whole number of an item.
   *
   * @throws MalformedItemException when it is missing or no whole number
   */
  static long number(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null || value.type() != AttributeValue.Type.N) {
      throw new MalformedItemException(name + " must be a number");
    }
    return wholeNumber(name, value.n());
  }

  static long wholeNumber(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new MalformedItemException(name + " must be a whole number", e);
    }
  }
}
