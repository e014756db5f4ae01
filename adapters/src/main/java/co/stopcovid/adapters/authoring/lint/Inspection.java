package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Course;
import co.stopcovid.adapters.authoring.Finding;
import co.stopcovid.adapters.authoring.Finding.Severity;
import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.common.Language;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.Template;
import co.stopcovid.drills.Translations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What all checks share: the course, where its parts stand, and the findings so far. */
final class Inspection {
  private static final Comparator<Finding> BY_PLACE =
      Comparator.comparing((Finding finding) -> finding.place().file())
          .thenComparingInt(finding -> finding.place().line())
          .thenComparing(Finding::severity)
          .thenComparing(finding -> finding.place().what())
          .thenComparing(Finding::reason)
          .thenComparing(Finding::fix);

  private final Course course;
  private final LanguageTables tables;
  private final LintOptions options;
  private final Translations texts;
  private final List<Language> languages;
  private final Map<Place, Set<Language>> textPlaces = new HashMap<>();
  private final Map<Finding, SortedSet<Language>> found = new LinkedHashMap<>();

  Inspection(Course course, LanguageTables tables, LintOptions options) {
    this.course = course;
    this.tables = tables;
    this.options = options;
    this.texts = course.translations().withEngineTexts(tables);
    this.languages = course.translations().taughtWith(tables);
    course
        .translations()
        .asMap()
        .forEach(
            (language, labels) ->
                labels
                    .keySet()
                    .forEach(label -> textPlaces.put(place(language, label), Set.of(language))));
  }

  Course course() {
    return course;
  }

  List<Drill> drills() {
    return course.drills();
  }

  LanguageTables tables() {
    return tables;
  }

  LintOptions options() {
    return options;
  }

  /** The course's texts, with the engine's own where it has none. */
  Translations texts() {
    return texts;
  }

  /** The languages that the course is taught in. */
  List<Language> languages() {
    return languages;
  }

  /** The languages that the engine knows. */
  List<Language> knownLanguages() {
    return tables.all().stream().map(LanguageTable::language).toList();
  }

  /** The language that stands in for others. */
  Language mainLanguage() {
    return languages.contains(Language.ENGLISH) ? Language.ENGLISH : languages.getFirst();
  }

  static String name(Language language) {
    return Locale.of(language.code()).getDisplayLanguage(Locale.ENGLISH);
  }

  /**
   * The languages that answers are given in. Plain text is English, and learners may still have
   * chosen any language where a prompt asks for it.
   */
  List<Language> answerLanguages() {
    boolean isPlain = course.translations().taught().isEmpty();
    return isPlain && !asksForLanguage() ? List.of(Language.ENGLISH) : languages;
  }

  private boolean asksForLanguage() {
    return drills().stream()
        .flatMap(drill -> drill.prompts().stream())
        .anyMatch(prompt -> ProfileKey.LANGUAGE.equals(prompt.responseKey()));
  }

  Place place(Drill drill) {
    return place(drill.slug());
  }

  private Place place(DrillSlug drill) {
    return place(Course.key(drill), new Place("content", 0, "drill " + drill));
  }

  Place place(Drill drill, Prompt prompt) {
    Place file = place(drill);
    return place(
        Course.key(drill.slug(), prompt.slug()),
        new Place(file.file(), file.line(), "drill " + drill.slug() + ", prompt " + prompt.slug()));
  }

  Place place(Language language, String label) {
    return place(
        Course.key(language, label), new Place("content", 0, "label " + label + " in " + language));
  }

  /** Where the author wrote something in a prompt: a text, a label's reference, an address. */
  Place written(Drill drill, Prompt prompt, String text) {
    return place(Course.key(drill.slug(), prompt.slug(), text), place(drill, prompt));
  }

  /** Where the author wrote the letter of the option that a text of the feedback is for. */
  Place option(Drill drill, Prompt prompt, String label) {
    return place(Course.optionKey(drill.slug(), prompt.slug(), label), place(drill, prompt));
  }

  /** Where a text of a prompt stands in a language: with its label, if it is one, else inline. */
  Place place(Drill drill, Prompt prompt, String text, Language language) {
    String label = Course.soleLabel(text);
    if (label != null) {
      for (Language origin : List.of(language, mainLanguage())) {
        if (course.translations().exactly(origin, label).isPresent()) {
          return place(origin, label);
        }
      }
    }
    return written(drill, prompt, text);
  }

  /**
   * Where a prompt's question stands in a language: with its last text, which holds the choices.
   */
  Place question(Drill drill, Prompt prompt, Language language) {
    return prompt.messages().stream()
        .map(PromptMessage::text)
        .filter(Objects::nonNull)
        .reduce((first, second) -> second)
        .map(text -> place(drill, prompt, text, language))
        .orElse(place(drill, prompt));
  }

  /** Where a prompt's right answer stands in a language; its question, when it has none. */
  Place answer(Drill drill, Prompt prompt, Language language) {
    String answer = prompt.correctResponse();
    return answer == null
        ? question(drill, prompt, language)
        : place(drill, prompt, answer, language);
  }

  /** The forms of a prompt's answer as they read in a language. */
  List<String> forms(Prompt prompt, Language language) {
    return prompt.answers().stream()
        .map(form -> texts.resolve(Template.parse(form), language).fill(value -> "").strip())
        .toList();
  }

  private Place place(String key, Place otherwise) {
    return course.places().getOrDefault(key, otherwise);
  }

  void error(Place place, String reason, String fix) {
    add(Finding.error(place, reason, fix));
  }

  void warning(Place place, String reason, String fix) {
    add(Finding.warning(place, reason, fix));
  }

  void add(Finding finding) {
    found.computeIfAbsent(finding, key -> new TreeSet<>()).addAll(languages);
  }

  void error(Place place, Language language, String reason, String fix) {
    add(Finding.error(place, reason, fix), language);
  }

  void warning(Place place, Language language, String reason, String fix) {
    add(Finding.warning(place, reason, fix), language);
  }

  /** The same finding in several languages is one. */
  private void add(Finding finding, Language language) {
    found.computeIfAbsent(finding, key -> new TreeSet<>()).add(language);
  }

  boolean hasErrors() {
    return isPartlyUnread()
        || found.keySet().stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /** Whether there may be more in the files than in the course, because some could not be read. */
  boolean isPartlyUnread() {
    return course.findings().stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }

  List<Finding> findings() {
    List<Finding> all = new ArrayList<>(course.findings());
    found.forEach((finding, in) -> all.add(naming(finding, in)));
    all.sort(BY_PLACE);
    return all.stream().distinct().toList();
  }

  /** The language whose text stands there; none for what is of no language. */
  private Set<Language> languagesOf(Place place) {
    return textPlaces.getOrDefault(place, Set.of());
  }

  /** Names the languages, unless the place does. */
  private Finding naming(Finding finding, SortedSet<Language> in) {
    if (in.containsAll(answerLanguages()) || in.equals(languagesOf(finding.place()))) {
      return finding;
    }
    String where = in.stream().map(Language::code).collect(Collectors.joining(", ", "in ", ": "));
    return new Finding(
        finding.severity(), finding.place(), where + finding.reason(), finding.fix());
  }
}
