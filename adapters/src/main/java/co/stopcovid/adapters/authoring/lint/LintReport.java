package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Course;
import co.stopcovid.adapters.authoring.Finding;
import co.stopcovid.adapters.authoring.Finding.Severity;
import co.stopcovid.adapters.authoring.Place;
import java.util.List;
import java.util.Locale;

/** Findings as a text for the terminal. */
public final class LintReport {
  private LintReport() {}

  /**
   * One finding a line, in the order given, as {@code file:line: error: what: reason (fix: …)},
   * with a conversation that leads there indented below it; then a line that sums up. Each line
   * ends with a line break.
   */
  public static String text(Course course, List<Finding> findings) {
    var text = new StringBuilder();
    findings.forEach(finding -> append(text, finding));
    long errors = count(findings, Severity.ERROR);
    long warnings = count(findings, Severity.WARNING);
    text.append(number(course.drills().size(), "drill")).append(": ");
    text.append(
        findings.isEmpty()
            ? "no findings"
            : number(errors, "error") + ", " + number(warnings, "warning"));
    return text.append('\n').toString();
  }

  private static void append(StringBuilder text, Finding finding) {
    Place place = finding.place();
    text.append(place.file());
    if (place.line() > 0) {
      text.append(':').append(place.line());
    }
    text.append(": ").append(finding.severity().name().toLowerCase(Locale.ROOT)).append(": ");
    if (!place.what().isEmpty()) {
      text.append(place.what()).append(": ");
    }
    List<String> reason = finding.reason().lines().toList();
    text.append(reason.isEmpty() ? "" : reason.getFirst());
    text.append(" (fix: ").append(finding.fix()).append(")\n");
    reason.stream().skip(1).forEach(line -> text.append("    ").append(line).append('\n'));
  }

  private static long count(List<Finding> findings, Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  private static String number(long count, String of) {
    return count + " " + of + (count == 1 ? "" : "s");
  }
}
