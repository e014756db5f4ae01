package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.json.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Prints a list: as a table for people, or one JSON object a line for programs. */
final class Rows {
  private static final int WIDEST_CELL = 60;

  private final PrintWriter out;
  private final boolean json;
  private final List<String> heads;
  private final List<List<String>> cells = new ArrayList<>();

  Rows(PrintWriter out, boolean json, String... heads) {
    this.out = out;
    this.json = json;
    this.heads = List.of(heads);
  }

  /**
   * @param object the fields of the row in JSON
   * @param row a text for each head
   */
  void add(Consumer<JsonGenerator> object, Object... row) {
    if (json) {
      out.println(object(object));
      return;
    }
    List<String> texts = new ArrayList<>();
    for (Object cell : row) {
      texts.add(cell(String.valueOf(cell)));
    }
    cells.add(texts);
  }

  static String object(Consumer<JsonGenerator> fields) {
    return Json.write(
        generator -> {
          generator.writeStartObject();
          fields.accept(generator);
          generator.writeEndObject();
        });
  }

  /** On one line, and nothing that steers a terminal. */
  static String cell(String text) {
    String plain = text.replaceAll("\\s+", " ").replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "");
    return plain.codePointCount(0, plain.length()) <= WIDEST_CELL
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, WIDEST_CELL - 1)) + "…";
  }

  /** Prints the table, which needs to be seen whole. */
  void end() {
    if (!json) {
      print(heads);
      cells.forEach(this::print);
    }
    out.flush();
  }

  private void print(List<String> row) {
    var line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      line.append(cell).append(" ".repeat(width(column) - cell.length() + 2));
    }
    out.println(line.toString().stripTrailing());
  }

  private int width(int column) {
    int widest = heads.get(column).length();
    for (List<String> row : cells) {
      widest = Math.max(widest, row.get(column).length());
    }
    return widest;
  }
}
