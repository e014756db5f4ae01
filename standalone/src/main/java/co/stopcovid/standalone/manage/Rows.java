package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Prints a list: for people as a table, or one below the other where a table is too wide; for
 * programs one JSON object a line, as the API has them.
 */
final class Rows {
  private static final int WIDEST_CELL = 60;
  private static final int GAP = 2;

  private final Paper paper;
  private final boolean json;
  private final List<Column> columns;
  private final List<List<String>> cells = new ArrayList<>();

  Rows(Paper paper, boolean json, Column... columns) {
    this.paper = paper;
    this.json = json;
    this.columns = List.of(columns);
  }

  /**
   * @param item as the API has it
   */
  void add(JsonNode item) {
    if (json) {
      paper.writer().println(item);
    } else {
      cells.add(columns.stream().map(column -> plain(column.text().apply(item))).toList());
    }
  }

  static String object(Consumer<JsonGenerator> fields) {
    return Json.write(
        generator -> {
          generator.writeStartObject();
          fields.accept(generator);
          generator.writeEndObject();
        });
  }

  /** A field as a text; empty when it is not there. */
  static String text(JsonNode item, String pointer) {
    JsonNode value = item.at(pointer);
    return value.isMissingNode() || value.isNull() ? "" : value.asString();
  }

  /** On one line, and nothing that steers a terminal. */
  static String plain(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "");
  }

  /** Not too long for a table: cut between words, or within one that fills it alone. */
  private static String cell(String plain) {
    if (plain.codePointCount(0, plain.length()) <= WIDEST_CELL) {
      return plain;
    }
    String beginning = plain.substring(0, plain.offsetByCodePoints(0, WIDEST_CELL - 1));
    int space = beginning.lastIndexOf(' ');
    return (space > 0 ? beginning.substring(0, space) : beginning) + "…";
  }

  /** Prints the table, which needs to be seen whole. */
  void end() {
    if (!json) {
      List<List<String>> table = new ArrayList<>();
      table.add(columns.stream().map(Column::head).toList());
      for (List<String> row : cells) {
        table.add(row.stream().map(Rows::cell).toList());
      }
      int[] widths = widths(table);
      if (paper.columns().fits(" ".repeat(total(widths)))) {
        table.forEach(row -> print(row, widths));
      } else {
        cells.forEach(this::printBelow);
      }
    }
    paper.writer().flush();
  }

  private void print(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      line.append(cell).append(" ".repeat(widths[column] - cell.length() + GAP));
    }
    paper.writer().println(line.toString().stripTrailing());
  }

  /** A row of its own paragraph, each cell behind its head. */
  private void printBelow(List<String> row) {
    for (int column = 0; column < row.size(); column++) {
      if (!row.get(column).isEmpty()) {
        paper.println(columns.get(column).head() + " " + row.get(column));
      }
    }
    paper.writer().println();
  }

  private int[] widths(List<List<String>> table) {
    var widths = new int[columns.size()];
    for (List<String> row : table) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return widths;
  }

  private static int total(int[] widths) {
    int total = -GAP;
    for (int width : widths) {
      total += width + GAP;
    }
    return total;
  }
}
