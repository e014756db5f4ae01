package co.stopcovid.adapters.authoring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads one file of a course, JSON or YAML by its name, into {@link Node}s. */
final class ContentFile {
  static final int LARGEST = 10_000_000;

  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxDocumentLength(LARGEST)
          .maxNestingDepth(32)
          .maxNameLength(1_000)
          .maxStringLength(100_000)
          .maxNumberLength(100)
          .build();

  // Keys that are there twice are found here, and do not end the reading.
  private static final TokenStreamFactory JSON =
      JsonFactory.builder().streamReadConstraints(BOUNDS).build();
  private static final TokenStreamFactory YAML =
      YAMLFactory.builder()
          .streamReadConstraints(BOUNDS)
          .loadSettings(
              LoadSettings.builder().setCodePointLimit(LARGEST).setAllowDuplicateKeys(true).build())
          .build();

  private final CourseDraft draft;
  private final String name;
  private final boolean isYaml;

  /** Of the latest piece, for errors that have no place of their own. */
  private int latestLine;

  private ContentFile(CourseDraft draft, String name) {
    this.draft = draft;
    this.name = name;
    this.isYaml = name.endsWith(".yaml");
  }

  /**
   * Reads a file whose outermost form is a group of named values.
   *
   * @param name what findings call the file
   * @return null when it cannot be read; there is a finding then
   */
  static @Nullable Section read(Path file, String name, CourseDraft draft) {
    var content = new ContentFile(draft, name);
    String text = content.text(file);
    Node root = text == null ? null : content.parse(text);
    if (root == null) {
      return null;
    }
    if (root instanceof Node.Table table) {
      return new Section(draft, name, table, "");
    }
    content.error(
        root.line(),
        "the file must hold a group of named values, but holds " + Node.describe(root),
        content.isYaml ? "begin with name: value" : "begin with { and end with }");
    return null;
  }

  private void error(int line, String reason, String fix) {
    draft.error(new Place(name, line, ""), reason, fix);
  }

  private @Nullable String text(Path file) {
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        error(
            0,
            "the file has %d bytes; at most %d are read".formatted(size, LARGEST),
            "split the course, or remove what does not belong into it");
        return null;
      }
      return decode(Files.readAllBytes(file));
    } catch (IOException e) {
      error(
          0,
          "the file cannot be read (%s)".formatted(e.getClass().getSimpleName()),
          "check that it is a file and may be read");
      return null;
    }
  }

  private @Nullable String decode(byte[] bytes) {
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = utf8.decode(ByteBuffer.wrap(bytes), chars, true);
    chars.flip();
    String text = chars.toString();
    if (result.isError()) {
      error(
          (int) text.chars().filter(c -> c == '\n').count() + 1,
          "the text is not UTF-8 from here on",
          "save the file with the encoding UTF-8");
      return null;
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private @Nullable Node parse(String text) {
    TokenStreamFactory syntax = isYaml ? YAML : JSON;
    try (JsonParser parser = syntax.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        error(0, "the file is empty", "write its content, or remove it");
        return null;
      }
      Node root = node(parser);
      if (parser.nextToken() != null) {
        error(
            line(parser),
            "more follows after the end of the content",
            isYaml ? "remove the line --- and what follows" : "remove what follows the last }");
      }
      return root;
    } catch (JacksonException e) {
      broken(e, text);
      return null;
    }
  }

  private void broken(JacksonException e, String text) {
    var location = e.getLocation();
    int line = location == null ? latestLine : Math.max(location.getLineNr(), latestLine);
    int column = location == null ? 1 : Math.max(location.getColumnNr(), 1);
    String reason = e.getOriginalMessage().lines().findFirst().orElse("");
    String fix =
        isYaml
            ? "look at the indents, and put texts with a colon or a quote in them in quotes"
            : "look for a missing comma, quote or bracket there or in the line before";
    int braces = isYaml ? YamlSlip.braces(text.lines().toList(), line) : 0;
    YamlSlip slip =
        e.getCause() instanceof MarkedYamlEngineException yaml
            ? YamlSlip.find(text, yaml, line, column)
            : braces > 0 ? YamlSlip.unquotedBraces(braces) : null;
    if (slip != null) {
      line = slip.line();
      column = slip.column();
      reason = slip.reason();
      fix = slip.fix();
    }
    String syntax = isYaml ? "YAML" : "JSON";
    if (e instanceof StreamConstraintsException) {
      error(line, "too much in one piece: " + reason, "make the text shorter, or the nesting flat");
      return;
    }
    error(line, "not %s at column %d: %s".formatted(syntax, column, reason), fix);
  }

  private Node node(JsonParser parser) {
    int line = line(parser);
    return switch (parser.currentToken()) {
      case START_OBJECT -> table(parser, line);
      case START_ARRAY -> listing(parser, line);
      case VALUE_NULL -> new Node.Scalar(line, "", Node.Kind.NULL);
      case VALUE_STRING -> text(parser, line);
      case VALUE_TRUE, VALUE_FALSE -> scalar(parser, line, Node.Kind.TRUTH);
      default -> scalar(parser, line, Node.Kind.NUMBER);
    };
  }

  private Node text(JsonParser parser, int line) {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      error(
          line,
          "an alias (*%s) does not stand for another text here".formatted(parser.getString()),
          "write the text itself; put it in quotes if it begins with *");
      return new Node.Scalar(line, "", Node.Kind.NULL);
    }
    return scalar(parser, line, Node.Kind.QUOTED);
  }

  /** YAML would make a truth value of {@code no}; authors mean what they wrote. */
  private Node scalar(JsonParser parser, int line, Node.Kind kind) {
    return new Node.Scalar(line, parser.getString(), isYaml ? Node.Kind.PLAIN : kind);
  }

  private Node listing(JsonParser parser, int line) {
    List<Node> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(node(parser));
    }
    return new Node.Listing(line, elements);
  }

  private Node table(JsonParser parser, int line) {
    var entries = new LinkedHashMap<String, Node.Entry>();
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      int keyLine = line(parser);
      parser.nextToken();
      Node.Entry first = entries.putIfAbsent(key, new Node.Entry(keyLine, node(parser)));
      if (first != null) {
        error(
            keyLine,
            "the key %s is there twice: in line %d, too".formatted(key, first.line()),
            "remove or rename one of the two");
      }
    }
    return new Node.Table(line, entries);
  }

  private int line(JsonParser parser) {
    latestLine = parser.currentTokenLocation().getLineNr();
    return latestLine;
  }
}
