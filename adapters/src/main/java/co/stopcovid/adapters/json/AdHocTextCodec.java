package co.stopcovid.adapters.json;

import co.stopcovid.dialog.AdHocText;
import tools.jackson.core.JsonGenerator;

/** {@code message} or {@code label}: one of them, the other null or not there. */
final class AdHocTextCodec {
  private static final String MESSAGE = "message";
  private static final String LABEL = "label";

  private AdHocTextCodec() {}

  static AdHocText read(Fields parent) {
    if (parent.has(MESSAGE) == parent.has(LABEL)) {
      throw parent.malformed(MESSAGE, "there must be either a message or a label");
    }
    return parent.has(MESSAGE)
        ? parent.value(MESSAGE, "a text", AdHocText.Message::new)
        : new AdHocText.Label(parent.text(LABEL));
  }

  static void write(JsonGenerator json, AdHocText text) {
    switch (text) {
      case AdHocText.Message(String words) -> {
        json.writeStringProperty(MESSAGE, words);
        json.writeNullProperty(LABEL);
      }
      case AdHocText.Label(String label) -> {
        json.writeNullProperty(MESSAGE);
        json.writeStringProperty(LABEL, label);
      }
    }
  }
}
