package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Marks of other programs in a text: here they mean nothing, and learners would read them. */
final class StrayMarks {
  /**
   * A mark that stands in a text.
   *
   * @param severity an error where it is meant to decide what is said
   */
  record Mark(Severity severity, String reason, String fix) {}

  private record Kind(Severity severity, Pattern pattern, String what, String fix) {}

  private static final String REFERENCES = "write references with two braces, such as {{name}}";
  private static final String LOGIC =
      "write {{label}} only: choose words that need no condition and no loop";

  private static final List<Kind> KINDS =
      List.of(
          kind(Severity.ERROR, "\\{%.{0,60}?%}|\\{%|%}", "template logic", LOGIC),
          kind(Severity.ERROR, "\\{#.{0,60}?#}|\\{#|#}", "a template comment", LOGIC),
          kind(
              Severity.ERROR,
              "\\{\\{[^{}]{0,60}[|][^{}]{0,60}}}",
              "a template filter",
              "write the name alone, such as {{name}}"),
          kind(
              Severity.WARNING,
              "｛{1,2}[^｛｝{}\\n]{1,60}｝{1,2}",
              "wide braces, which are no reference",
              REFERENCES),
          kind(
              Severity.WARNING,
              "%[\\p{L}_][\\p{L}\\p{N}_]{0,60}%",
              "another program's reference",
              REFERENCES),
          kind(
              Severity.WARNING,
              "\\[\\[[^\\[\\]\\n]{1,60}]]",
              "another program's reference",
              REFERENCES),
          kind(
              Severity.WARNING,
              "</?[A-Za-z][A-Za-z0-9]{0,20}(?:\\s[^<>\\n]{0,100})?/?>|&(?:[a-z]{2,8}|#\\d{1,6});",
              "HTML, which an SMS shows as it stands",
              "write plain text"),
          kind(
              Severity.WARNING,
              "(?<!:)\\\\[nrt]",
              "a backslash with a letter instead of a line break",
              "break the line (in YAML after |-, or \\n within double quotes)"));

  private StrayMarks() {}

  private static Kind kind(Severity severity, String pattern, String what, String fix) {
    return new Kind(severity, Pattern.compile(pattern), what, fix);
  }

  /** One mark of each kind. */
  static List<Mark> in(String text) {
    List<Mark> marks = new ArrayList<>();
    for (Kind kind : KINDS) {
      Matcher matcher = kind.pattern().matcher(text);
      if (matcher.find()) {
        marks.add(
            new Mark(
                kind.severity(),
                "%s is %s".formatted(TemplateChecks.quote(matcher.group()), kind.what()),
                kind.fix()));
      }
    }
    return marks;
  }
}
