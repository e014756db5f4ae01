package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Finding;
import co.stopcovid.adapters.authoring.Finding.Severity;
import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.common.Language;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.Template;
import co.stopcovid.drills.Translations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Each text by itself: well formed, no stray spaces or braces, no circle, values that are known.
 */
final class TemplateChecks {
  private static final String CORRECT_ANSWER = "correct_answer";
  private static final String EMOJIS = "emojis";
  private static final Pattern LONE_PUNCTUATION = Pattern.compile("\\s*[,;:.!?，、。；：！？].*\\p{L}");
  private static final Pattern STRAY_BRACES = Pattern.compile("}}|\\{\\s*[A-Za-z0-9_.-]+\\s*}");

  private final Inspection inspection;

  TemplateChecks(Inspection inspection) {
    this.inspection = inspection;
  }

  void run() {
    Translations own = inspection.course().translations();
    for (Language language : inspection.languages()) {
      for (String label : own.labels(language)) {
        Place place = inspection.place(language, label);
        String text = own.exactly(language, label).orElseThrow();
        checkForm(text, place);
        checkValuesAreKept(label, text, language);
        checkCircle(label, language, new ArrayList<>(), new HashSet<>());
      }
    }
    for (Drill drill : inspection.drills()) {
      for (Prompt prompt : drill.prompts()) {
        prompt.texts().forEach(text -> checkForm(text, inspection.written(drill, prompt, text)));
        inspection.languages().forEach(language -> checkValues(drill, prompt, language));
      }
    }
    inspection.languages().forEach(this::checkEngineTexts);
  }

  private void checkForm(String text, Place place) {
    if (!text.isBlank() && !text.strip().equals(text)) {
      inspection.warning(
          place,
          "the text begins or ends with spaces or line breaks",
          "remove them (in YAML, |- instead of | leaves out the last line break)");
    }
    List<StrayMarks.Mark> marks = StrayMarks.in(text);
    marks.forEach(
        mark -> inspection.add(new Finding(mark.severity(), place, mark.reason(), mark.fix())));
    if (marks.stream().anyMatch(mark -> mark.severity() == Severity.ERROR)) {
      return;
    }
    try {
      String filled = Template.parse(text).fill(reference -> "name");
      checkBeginning(text, place);
      if (STRAY_BRACES.matcher(filled).find()) {
        inspection.warning(
            place,
            "braces that are no reference are sent as they are: " + quote(text),
            "write references with two braces on each side, such as {{name}}");
      }
    } catch (IllegalArgumentException e) {
      inspection.error(
          place, "malformed template: " + e.getMessage(), "write references such as {{name}}");
    }
  }

  /** A name may be unknown, and then its comma stands alone. */
  private void checkBeginning(String text, Place place) {
    String nameless = Template.parse(text).fill(value -> value.equals("name") ? "" : "x");
    if (nameless.lines().anyMatch(line -> LONE_PUNCTUATION.matcher(line).lookingAt())
        && text.lines().noneMatch(line -> LONE_PUNCTUATION.matcher(line).lookingAt())) {
      inspection.warning(
          place,
          "a line begins with a comma or the like when the learner's name is not known: "
              + quote(nameless),
          "put a word before {{name}}, such as Hello {{name}}");
    }
  }

  /** What a translator lost, learners of that language do not get. */
  private void checkValuesAreKept(String label, String text, Language language) {
    Language main = inspection.mainLanguage();
    Optional<String> first = inspection.course().translations().exactly(main, label);
    if (language.equals(main) || first.isEmpty()) {
      return;
    }
    Set<String> here = valuesIn(text);
    Set<String> there = valuesIn(first.get());
    Place place = inspection.place(language, label);
    there.stream()
        .filter(value -> !here.contains(value))
        .forEach(
            value ->
                inspection.warning(
                    place,
                    "{{%s}} is in the %s text, but not in this one"
                        .formatted(value, Inspection.name(main)),
                    "put it in, or take it out of every language"));
    here.stream()
        .filter(value -> !there.contains(value))
        .forEach(
            value ->
                inspection.warning(
                    place,
                    "{{%s}} is in this text, but not in the %s one"
                        .formatted(value, Inspection.name(main)),
                    "take it out, or put it into every language"));
  }

  private static Set<String> valuesIn(String text) {
    Set<String> values = new TreeSet<>(LabelChecks.references(text));
    values.retainAll(Translations.VALUES);
    values.remove(EMOJIS);
    return values;
  }

  static String quote(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    int end = line.offsetByCodePoints(0, Math.min(60, line.codePointCount(0, line.length())));
    return "“" + line.substring(0, end) + (end < line.length() ? "…" : "") + "”";
  }

  /** Depth first; a circle is reported where it closes, whichever label it was entered by. */
  private void checkCircle(String label, Language language, List<String> path, Set<String> done) {
    int start = path.indexOf(label);
    if (start >= 0) {
      reportCircle(new ArrayList<>(path.subList(start, path.size())), language);
      return;
    }
    if (!done.add(label)) {
      return;
    }
    path.add(label);
    inspection
        .texts()
        .find(language, label)
        .ifPresent(
            text ->
                LabelChecks.references(text)
                    .forEach(name -> checkCircle(name, language, path, done)));
    path.removeLast();
  }

  private void reportCircle(List<String> circle, Language language) {
    int smallest = circle.indexOf(Collections.min(circle));
    Collections.rotate(circle, -smallest);
    String first = circle.getFirst();
    circle.add(first);
    boolean own = inspection.course().translations().exactly(language, first).isPresent();
    inspection.error(
        inspection.place(own ? language : inspection.mainLanguage(), first),
        "labels refer to each other in a circle: " + String.join(" → ", circle),
        "take one of the references out");
  }

  private void checkValues(Drill drill, Prompt prompt, Language language) {
    for (PromptMessage message : prompt.messages()) {
      String text = message.text();
      if (text != null && values(text, language).contains(CORRECT_ANSWER)) {
        Place place = inspection.place(drill, prompt, text, language);
        if (prompt.isGraded()) {
          inspection.warning(
              place, language, "the question tells its answer", "take {{correct_answer}} out");
        } else {
          inspection.error(
              place,
              language,
              "{{correct_answer}} is empty here: the prompt has no right answer",
              "take {{correct_answer}} out, or write the answer");
        }
      }
    }
    String answer = prompt.correctResponse();
    if (answer != null && !values(answer, language).isEmpty()) {
      inspection.error(
          inspection.place(drill, prompt, answer, language),
          language,
          "the right answer contains a value, which is empty in it",
          "write the answer in words");
    }
  }

  private void checkEngineTexts(Language language) {
    expectNone(language, "your_company", Translations.VALUES, "values are empty in it");
    Set<String> answer = Set.of(CORRECT_ANSWER);
    expectNone(language, "user_validation_failed", answer, "there is no question yet");
    expectNone(language, "drill_reminder", answer, "the question still waits");
    expectNone(language, "incorrect_answer", answer, "the learner has another try");
    String label = "corrected_answer";
    if (isResolvable(label, language)
        && !values(reference(label), language).contains(CORRECT_ANSWER)) {
      inspection.warning(
          inspection.place(language, label),
          language,
          "label corrected_answer does not tell the right answer",
          "put {{correct_answer}} into it");
    }
  }

  private void expectNone(Language language, String label, Set<String> values, String why) {
    for (String value : values(reference(label), language)) {
      if (values.contains(value)) {
        inspection.error(
            inspection.place(language, label),
            language,
            "{{" + value + "}} does not belong into label " + label + ": " + why,
            "take it out");
      }
    }
  }

  private static String reference(String label) {
    return "{{" + label + "}}";
  }

  private boolean isResolvable(String label, Language language) {
    try {
      inspection.texts().resolve(Template.parse(reference(label)), language);
      return true;
    } catch (ContentException e) {
      return false;
    }
  }

  /** The values that a text comes to need; none when a label of it is broken. */
  private Set<String> values(String text, Language language) {
    try {
      return Set.copyOf(inspection.texts().resolve(Template.parse(text), language).references());
    } catch (ContentException | IllegalArgumentException e) {
      return Set.of();
    }
  }
}
