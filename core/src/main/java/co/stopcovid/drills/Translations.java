package co.stopcovid.drills;

import co.stopcovid.common.Language;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The texts behind the labels, by language and label. A label is looked up in this order: the
 * course's text in the learner's language, the engine's in it, the course's in English, the
 * engine's in English; where a course is not taught in English, the first language that it is
 * taught in stands for it.
 */
public final class Translations {
  /** What a text may refer to besides labels: filled in anew for each learner and message. */
  public static final Set<String> VALUES =
      Set.of("name", "company", "correct_answer", "options", "emojis");

  /** The engine's own labels, each with a text of the language tables to fall back on. */
  public static final List<String> ENGINE_LABELS =
      List.of(
          "match_correct_answer",
          "incorrect_answer",
          "corrected_answer",
          "unclear_option",
          "unclear_answer",
          "unclear_form",
          "drill_reminder",
          "user_validation_failed",
          "opted_out",
          "help",
          "which_language",
          "language_changed",
          "no_more_drills",
          "your_company");

  /** Labels of reminders from the second step on, which a course may have or not. */
  static final List<String> LATER_REMINDERS =
      List.of("drill_reminder_2", "drill_reminder_3", "drill_reminder_4", "drill_reminder_5");

  public static final Translations NONE = new Translations(Map.of());

  private final SortedMap<Language, SortedMap<String, String>> texts = new TreeMap<>();
  private final List<Language> taught;

  /** Texts of a course that is taught in every language that the engine knows. */
  public Translations(Map<Language, ? extends Map<String, String>> texts) {
    this(texts, List.of());
  }

  private Translations(Map<Language, ? extends Map<String, String>> texts, List<Language> taught) {
    texts.forEach((language, labels) -> this.texts.put(language, new TreeMap<>(labels)));
    this.taught = taught;
  }

  /**
   * The same texts of a course that is taught in these languages.
   *
   * @param languages the first stands in where a text is missing, unless English is among them;
   *     none: every language that the engine knows
   */
  public Translations teaching(Collection<Language> languages) {
    return new Translations(texts, languages.stream().distinct().toList());
  }

  /** The same texts of a course that is taught in those languages that have some. */
  public Translations teachingWhatIsThere() {
    return teaching(
        texts.keySet().stream()
            .filter(language -> !labels(language).isEmpty())
            .sorted(Comparator.comparing(language -> !language.equals(Language.ENGLISH)))
            .toList());
  }

  /** The languages that the course is taught in; empty: every one that the engine knows. */
  public List<Language> taught() {
    return taught;
  }

  /** The languages that a course can be taught in with these tables. */
  public List<Language> taughtWith(LanguageTables tables) {
    List<Language> known = tables.all().stream().map(LanguageTable::language).toList();
    List<Language> both = taught.stream().filter(known::contains).toList();
    return both.isEmpty() ? known : both;
  }

  /** What learners are taught in who have chosen no language, and what stands in for others. */
  public Language mainLanguage() {
    return taught.isEmpty() || taught.contains(Language.ENGLISH)
        ? Language.ENGLISH
        : taught.getFirst();
  }

  public Set<Language> languages() {
    return Set.copyOf(texts.keySet());
  }

  /** Labels that a language has itself, without English standing in. */
  public Set<String> labels(Language language) {
    return Set.copyOf(texts.getOrDefault(language, new TreeMap<>()).keySet());
  }

  /** The text of a label in this very language. */
  public Optional<String> exactly(Language language, String label) {
    return Optional.ofNullable(texts.getOrDefault(language, new TreeMap<>()).get(label));
  }

  /** The text of a label in a language, else in English, else in one that the course teaches. */
  public Optional<String> find(Language language, String label) {
    return exactly(language, label)
        .or(() -> exactly(Language.ENGLISH, label))
        .or(() -> taught.stream().flatMap(other -> exactly(other, label).stream()).findFirst());
  }

  /**
   * These translations, with the engine's own texts where they have none in that language. An
   * engine text in the learner's language counts before an English one of theirs: who chose Spanish
   * is better told “¡Correcto!” than the organisation's own words in English.
   */
  public Translations withEngineTexts(LanguageTables tables) {
    var filled = new TreeMap<Language, SortedMap<String, String>>();
    texts.forEach((language, labels) -> filled.put(language, new TreeMap<>(labels)));
    for (LanguageTable table : tables.all()) {
      for (String label : ENGINE_LABELS) {
        String text = table.messages().get(label);
        if (text != null) {
          filled
              .computeIfAbsent(table.language(), language -> new TreeMap<>())
              .putIfAbsent(label, text);
        }
      }
    }
    return new Translations(filled, taught);
  }

  /** Only those labels that the templates need, and the engine's own, in all languages. */
  Translations usedBy(List<Template> templates) {
    Set<String> used = new HashSet<>(ENGINE_LABELS);
    used.addAll(LATER_REMINDERS);
    var open = new ArrayList<String>(used);
    templates.forEach(template -> open.addAll(template.references()));
    while (!open.isEmpty()) {
      String label = open.removeLast();
      used.add(label);
      for (var labels : texts.values()) {
        String text = labels.get(label);
        if (text != null) {
          Template.parse(text).references().stream().filter(used::add).forEach(open::add);
        }
      }
    }
    var kept = new TreeMap<Language, SortedMap<String, String>>();
    texts.forEach(
        (language, labels) -> {
          var some = new TreeMap<>(labels);
          some.keySet().retainAll(used);
          kept.put(language, some);
        });
    return new Translations(kept, taught);
  }

  /**
   * A template in one language: every label is replaced by its text, and only values are left.
   *
   * @throws ContentException when a label is unknown, or refers to itself
   */
  public Template resolve(Template template, Language language) {
    List<Template.Part> parts = new ArrayList<>();
    resolve(template, language, new ArrayList<>(), parts);
    return new Template(parts);
  }

  private void resolve(
      Template template, Language language, List<String> path, List<Template.Part> parts) {
    for (Template.Part part : template.parts()) {
      if (part instanceof Template.Part.Reference(String name) && !VALUES.contains(name)) {
        if (path.contains(name)) {
          throw new ContentException("label {{" + name + "}} refers to itself");
        }
        String text =
            find(language, name)
                .orElseThrow(
                    () ->
                        new ContentException(
                            "unknown label {{%s}}: it has no text in %s or in English"
                                .formatted(name, language)));
        path.add(name);
        resolve(parse(name, language, text), language, path, parts);
        path.removeLast();
      } else {
        parts.add(part);
      }
    }
  }

  private static Template parse(String label, Language language, String text) {
    try {
      return Template.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ContentException(
          "label %s in %s: %s".formatted(label, language, e.getMessage()), e);
    }
  }

  /** By language, then by label, both sorted: the same texts always give the same order. */
  public SortedMap<Language, SortedMap<String, String>> asMap() {
    var copy = new TreeMap<Language, SortedMap<String, String>>();
    texts.forEach((language, labels) -> copy.put(language, new TreeMap<>(labels)));
    return copy;
  }
}
