package co.stopcovid.standalone.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Text for a screen of so many columns, broken between words. A command is broken so that a shell
 * that is given all of its lines runs it.
 *
 * @param count 0: as many as it takes, as in a file
 */
public record Columns(int count) {
  private static final String GOES_ON = " \\";

  /** As many columns in as the text begins; what goes on stands two further in. */
  public List<String> wrap(String text) {
    return broken(text, "");
  }

  /**
   * What is said of a command, the command, and what is to be known of it: on one line if there is
   * room for it, else each on its own.
   *
   * @param note may be empty
   */
  List<String> wrap(String text, String command, String note) {
    String whole = text + " " + command + (note.isEmpty() ? "" : " " + note);
    if (fits(whole)) {
      return List.of(whole);
    }
    String indent = " ".repeat(indentOf(text) + 2);
    List<String> lines = new ArrayList<>(wrap(text));
    lines.addAll(broken(indent + command, GOES_ON));
    if (!note.isEmpty()) {
      lines.addAll(wrap(indent + note));
    }
    return lines;
  }

  /** Whether a line needs no break. */
  public boolean fits(String line) {
    return count == 0 || line.length() <= count;
  }

  private static int indentOf(String text) {
    return text.length() - text.stripLeading().length();
  }

  /**
   * @param mark at the end of each line but the last
   */
  private List<String> broken(String text, String mark) {
    if (fits(text)) {
      return List.of(text);
    }
    String indent = " ".repeat(indentOf(text) + 2);
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.stripLeading().split(" ", -1)) {
      String longer = line.isEmpty() ? " ".repeat(indentOf(text)) + word : line + " " + word;
      if (line.isEmpty() || fits(longer + mark)) {
        line = longer;
      } else {
        lines.add(line + mark);
        line = indent + word;
      }
    }
    lines.add(line);
    return lines;
  }
}
