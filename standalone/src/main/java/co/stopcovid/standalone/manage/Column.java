package co.stopcovid.standalone.manage;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A column of a list for people. */
record Column(String head, Function<JsonNode, String> text) {
  /** What stands in one place of the item. */
  static Column of(String head, String pointer) {
    return new Column(head, item -> Rows.text(item, pointer));
  }
}
