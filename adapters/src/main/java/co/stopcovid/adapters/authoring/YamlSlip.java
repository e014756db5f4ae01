package co.stopcovid.adapters.authoring;

import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Where a file stops being YAML, as its author sees it. A parser notices many slips only on the
 * line after: this looks back for the line where the slip is.
 *
 * @param line from 1
 */
record YamlSlip(int line, int column, String reason, String fix) {
  private static final String QUOTES =
      "look at the indents, and put texts with a colon or a quote in them in quotes";
  private static final Pattern BRACES =
      Pattern.compile(
          "[^\"'#|>]*(?::|-|\\[|,|\\{)\\s*(?<=[:\\-,]\\s{1,9}|[\\[,{]\\s{0,9})\\{\\{.*");
  private static final Pattern OPEN_QUOTE =
      Pattern.compile("\\s*(?:- +)?[^\\s\"'#][^\"'#]*: +(?:\"(?:[^\"\\\\]|\\\\.)*|'(?:[^']|'')*)");
  private static final Pattern NAMED = Pattern.compile("[^\"'#]*:(?:\\s.*|)");
  private static final Pattern TAB = Pattern.compile(" *\\t");
  private static final int FARTHEST = 200;

  /** Takes what the parser says of a text. */
  static YamlSlip find(String text, MarkedYamlEngineException e, int line, int column) {
    List<String> lines = text.lines().toList();
    int problem = e.getProblemMark().map(YamlSlip::line).orElse(line);
    int tab = tab(lines, problem);
    if (tab > 0) {
      return new YamlSlip(
          tab,
          1,
          "a tab indents this line, where YAML takes spaces only",
          "replace the tab with spaces");
    }
    int braces = braces(lines, problem);
    if (braces > 0) {
      return unquotedBraces(braces);
    }
    String context = String.valueOf(e.getContext());
    String reason = e.getProblem();
    int start = e.getContextMark().map(YamlSlip::line).orElse(problem);
    if (context.contains("quoted scalar") && start < problem) {
      return openQuote(start);
    }
    if (context.contains("simple key")) {
      return new YamlSlip(start, 1, "a colon is missing after the name", "write name: value");
    }
    if (context.contains("flow ")) {
      return new YamlSlip(start, 1, reason, "close the bracket that is open in this line");
    }
    if (reason.contains("<scalar>") || reason.contains("not allowed here")) {
      int earlier = earlier(lines, problem, reason);
      if (earlier > 0) {
        return OPEN_QUOTE.matcher(lines.get(earlier - 1)).matches()
            ? openQuote(earlier)
            : new YamlSlip(earlier, 1, "a colon is missing after the name", "write name: value");
      }
    }
    int at = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(column);
    return new YamlSlip(problem, at, reason, QUOTES);
  }

  /** The line of a problem, or the one before it, if a tab indents it; 0: neither. */
  private static int tab(List<String> lines, int problem) {
    for (int i = Math.min(problem, lines.size()); i > 0 && i > problem - 2; i--) {
      if (TAB.matcher(lines.get(i - 1)).lookingAt()) {
        return i;
      }
    }
    return 0;
  }

  /** Where a text that begins with two braces stands without quotes, near a line; 0: nowhere. */
  static int braces(List<String> lines, int near) {
    for (int i = Math.min(near, lines.size()); i > 0 && i > near - 2; i--) {
      if (BRACES.matcher(lines.get(i - 1)).matches()) {
        return i;
      }
    }
    return 0;
  }

  static YamlSlip unquotedBraces(int line) {
    return new YamlSlip(
        line,
        1,
        "a text that begins with {{ stands without quotes",
        "put the text in quotes: \"{{…}} …\"");
  }

  private static YamlSlip openQuote(int line) {
    return new YamlSlip(
        line, 1, "a quotation mark that opens here is not closed", "close it, or take it out");
  }

  /** The line before, if its quote is open or its colon missing; 0: it is as it should be. */
  private static int earlier(List<String> lines, int problem, String reason) {
    for (int i = Math.min(problem, lines.size() + 1) - 1; i > 0 && i > problem - FARTHEST; i--) {
      String line = lines.get(i - 1);
      if (OPEN_QUOTE.matcher(line).matches()) {
        return i;
      }
      if (reason.contains("not allowed here")) {
        boolean isPlain = !line.isBlank() && !NAMED.matcher(line).matches();
        if (!line.isBlank()) {
          return isPlain && !line.strip().startsWith("#") ? i : 0;
        }
      }
    }
    return 0;
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }
}
