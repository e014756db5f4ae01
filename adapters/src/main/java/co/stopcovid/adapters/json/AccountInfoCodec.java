package co.stopcovid.adapters.json;

import co.stopcovid.dialog.AccountInfo;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * {@code account_info}: a flat object. Whole numbers that fit are {@code Long}, all others {@code
 * BigDecimal} with the digits as written. A value that is null counts as missing.
 */
final class AccountInfoCodec {
  private static final String FIELD = "account_info";

  private AccountInfoCodec() {}

  /** The field {@code account_info} of an object; nothing is known where it is missing. */
  static AccountInfo read(Fields parent) {
    Fields account = parent.objectOrNull(FIELD);
    if (account == null) {
      return AccountInfo.NONE;
    }
    var values = new TreeMap<String, Object>();
    for (Map.Entry<String, JsonNode> entry : account.entries()) {
      Object value = value(entry.getValue());
      if (value != null) {
        values.put(entry.getKey(), value);
      } else if (!entry.getValue().isNull()) {
        throw account.malformed(entry.getKey(), "must be a text, a number, or true or false");
      }
    }
    try {
      return AccountInfo.of(values);
    } catch (IllegalArgumentException e) {
      throw parent.malformed(FIELD, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> node.stringValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER ->
          node.isIntegralNumber() && node.canConvertToLong()
              ? (Object) node.longValue()
              : node.decimalValue();
      case ARRAY, BINARY, MISSING, NULL, OBJECT, POJO -> null;
    };
  }

  static void write(JsonGenerator json, AccountInfo account) {
    json.writeObjectPropertyStart(FIELD);
    for (Map.Entry<String, Object> entry : account.values().entrySet()) {
      json.writeName(entry.getKey());
      switch (entry.getValue()) {
        case String text -> json.writeString(text);
        case Boolean truth -> json.writeBoolean(truth);
        case Long number -> json.writeNumber(number);
        case BigDecimal number -> json.writeNumber(number);
        default -> throw new IllegalStateException("AccountInfo holds no other types");
      }
    }
    json.writeEndObject();
  }
}
