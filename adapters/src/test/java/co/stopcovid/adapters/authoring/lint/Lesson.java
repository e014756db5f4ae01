package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Course;
import co.stopcovid.adapters.authoring.Finding;
import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.common.Language;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Translations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes small courses to check, with their places: each language in a file of its own. */
final class Lesson {
  static final LanguageTables TABLES = BuiltInLanguages.load();
  static final Prompt DONE = say("done", "That was all. Thank you.");

  private final List<Drill> drills = new ArrayList<>();
  private final Map<Language, Map<String, String>> texts = new HashMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private List<Language> taught = List.of();
  private int line;

  /** A course in plain text with one drill {@code d}; a closing prompt follows these. */
  static Lesson of(Prompt... prompts) {
    return exactly(Stream.concat(Stream.of(prompts), Stream.of(DONE)).toArray(Prompt[]::new));
  }

  /** A course in plain text with one drill {@code d} of these prompts. */
  static Lesson exactly(Prompt... prompts) {
    return new Lesson().drill("d", prompts);
  }

  static Prompt say(String slug, String text) {
    return prompt(slug, text, null, null);
  }

  static Prompt ask(String slug, String text, String answer) {
    return prompt(slug, text, answer, null);
  }

  static Prompt store(String slug, String text, ProfileKey key) {
    return prompt(slug, text, null, key);
  }

  private static Prompt prompt(
      String slug, String text, @Nullable String answer, @Nullable ProfileKey key) {
    return new Prompt(new PromptSlug(slug), List.of(new PromptMessage(text, null)), answer, key, 1);
  }

  Lesson drill(String slug, Prompt... prompts) {
    var drill = new Drill(new DrillSlug(slug), slug, List.of(prompts));
    drills.add(drill);
    places.putIfAbsent(Course.key(drill.slug()), place(slug + ".yaml", "drill " + slug));
    for (Prompt prompt : prompts) {
      places.put(
          Course.key(drill.slug(), prompt.slug()),
          place(slug + ".yaml", "prompt " + prompt.slug()));
    }
    return this;
  }

  /** The label with the same text in all languages. */
  Lesson label(String label, String text) {
    TABLES.all().stream()
        .map(LanguageTable::language)
        .forEach(language -> label(language.code(), label, text));
    return this;
  }

  Lesson label(String code, String label, String text) {
    var language = new Language(code);
    texts.computeIfAbsent(language, none -> new HashMap<>()).put(label, text);
    places.put(Course.key(language, label), place(code + ".yaml", "label " + label));
    return this;
  }

  Lesson without(String code, String label) {
    texts.getOrDefault(new Language(code), Map.of()).remove(label);
    return this;
  }

  /** The languages that the course says it teaches; without, those that it has texts in. */
  Lesson teaching(String... codes) {
    taught = Stream.of(codes).map(Language::new).toList();
    return this;
  }

  Lesson finding(Finding finding) {
    findings.add(finding);
    return this;
  }

  private Place place(String file, String what) {
    return new Place(file, ++line, what);
  }

  Course course() {
    Translations written = new Translations(texts);
    return new Course(
        drills,
        taught.isEmpty() ? written.teachingWhatIsThere() : written.teaching(taught),
        places,
        findings);
  }

  /** What the linter finds, as {@code ERROR d.yaml prompt soap: reason}. */
  List<String> findings() {
    return findings(LintOptions.DEFAULT);
  }

  List<String> findings(LintOptions options) {
    return CourseLint.check(course(), TABLES, options).stream()
        .map(
            finding ->
                "%s %s %s: %s"
                    .formatted(
                        finding.severity(),
                        finding.place().file(),
                        finding.place().what(),
                        finding.reason().lines().findFirst().orElse("")))
        .toList();
  }
}
