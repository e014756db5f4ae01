package co.stopcovid.adapters.report;

import co.stopcovid.progress.CompletionReport.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The completion report as comma-separated values (RFC 4180). Companies name themselves, so a name
 * that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP recommends.
 */
public final class CompletionCsv {
  /** The names of the columns, as the first line. */
  public static final String HEADER =
      line(
          "company",
          "unit",
          "drill",
          "learners",
          "started",
          "completed",
          "started_rate",
          "completed_rate");

  /** What begins a formula, in half and in full width, or hides what follows. */
  private static final String DANGEROUS = "=+-@\t\r\n＝＋－＠";

  private CompletionCsv() {}

  /** A line for each row, without the header. */
  public static String lines(List<Row> rows) {
    return rows.stream().map(CompletionCsv::line).collect(Collectors.joining());
  }

  private static String line(Row row) {
    return line(
        row.company(),
        row.unit(),
        row.drill().value(),
        Long.toString(row.learners()),
        Long.toString(row.started()),
        Long.toString(row.completed()),
        rate(row.startedRate()),
        rate(row.completedRate()));
  }

  private static String rate(double rate) {
    return String.format(Locale.ROOT, "%.4f", rate);
  }

  private static String line(String... cells) {
    return Arrays.stream(cells)
        .map(CompletionCsv::cell)
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  /** A cell as a spreadsheet shows it and does not run it. */
  static String cell(String text) {
    boolean dangerous = !text.isEmpty() && DANGEROUS.indexOf(text.charAt(0)) >= 0;
    String safe = dangerous ? "'" + text : text;
    // Some countries' spreadsheets divide at semicolons, or at tabs.
    boolean plain = safe.chars().noneMatch(c -> ",;\t\"\r\n".indexOf(c) >= 0);
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
