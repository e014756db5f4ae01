package co.stopcovid.adapters.authoring;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A piece of a content file, with the line where it begins. */
sealed interface Node {
  int line();

  /** What kind of scalar the file's own syntax makes of a text. */
  enum Kind {
    /** In quotes, in JSON. */
    QUOTED,
    /** In YAML: a text that may also be read as a number. */
    PLAIN,
    NUMBER,
    TRUTH,
    NULL
  }

  /**
   * A text, number or truth value.
   *
   * @param text as written: {@code no}, {@code 1.50}
   */
  record Scalar(int line, String text, Kind kind) implements Node {}

  record Listing(int line, List<Node> elements) implements Node {}

  record Table(int line, SequencedMap<String, Entry> entries) implements Node {
    @Nullable Entry find(String name) {
      return entries.get(name);
    }

    /** Whether it may be what YAML makes of {{name}}. */
    boolean isBraces() {
      return entries.size() == 1
          && entries.firstEntry().getValue().isNull()
          && entries.firstEntry().getKey().startsWith("{");
    }
  }

  /**
   * A value under its name.
   *
   * @param line of the name
   */
  record Entry(int line, Node value) {
    boolean isNull() {
      return value instanceof Scalar(int at, String text, Kind kind) && kind == Kind.NULL;
    }
  }

  /** What it is, in words. */
  static String describe(Node node) {
    return switch (node) {
      case Listing listing -> "a list";
      case Table table -> "a group of named values";
      case Scalar scalar ->
          switch (scalar.kind()) {
            case QUOTED, PLAIN -> "a text";
            case NUMBER -> "a number";
            case TRUTH -> "true or false";
            case NULL -> "empty";
          };
    };
  }
}
