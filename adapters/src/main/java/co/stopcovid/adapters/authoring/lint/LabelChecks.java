package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.common.Language;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.EditDistance;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.Template;
import co.stopcovid.drills.Translations;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every label that is used has a text in every language, and every label that is there is used. */
final class LabelChecks {
  private static final int MOST_SLIPS = 2;

  private final Inspection inspection;
  private final Translations own;

  /** Labels in use, with a place that refers to them. */
  private final Map<String, Place> used = new LinkedHashMap<>();

  private final Deque<String> open = new ArrayDeque<>();
  private final SortedSet<String> unused = new TreeSet<>();

  /** Unused labels that another finding names already. */
  private final Set<String> explained = new HashSet<>();

  LabelChecks(Inspection inspection) {
    this.inspection = inspection;
    this.own = inspection.course().translations();
  }

  void run() {
    collectUsed();
    checkLanguages();
    collectUnused();
    used.forEach(this::checkTexts);
    if (!inspection.isPartlyUnread()) {
      checkUnused();
    }
  }

  private void collectUsed() {
    for (Drill drill : inspection.drills()) {
      for (Prompt prompt : drill.prompts()) {
        Place place = inspection.place(drill, prompt);
        prompt.texts().forEach(text -> use(text, place));
      }
    }
    for (String label : Translations.ENGINE_LABELS) {
      use("{{" + label + "}}", inspection.place(Language.ENGLISH, label));
    }
    while (!open.isEmpty()) {
      String label = open.remove();
      for (Language language : inspection.languages()) {
        inspection
            .texts()
            .exactly(language, label)
            .ifPresent(text -> use(text, inspection.place(language, label)));
      }
    }
  }

  private void use(String text, Place place) {
    for (String name : references(text)) {
      if (!Translations.VALUES.contains(name) && used.putIfAbsent(name, place) == null) {
        open.add(name);
      }
    }
  }

  /** None in a malformed template, which is a finding of its own. */
  static List<String> references(String text) {
    try {
      return Template.parse(text).references();
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  private void checkLanguages() {
    Set<Language> there = own.languages();
    if (there.isEmpty()) {
      return;
    }
    for (Language language : inspection.languages()) {
      if (own.labels(language).isEmpty()) {
        wholeLanguageMissing(language);
      }
    }
    for (Language language : there) {
      if (!inspection.languages().contains(language)) {
        inspection.warning(
            fileOf(language, ""),
            "the engine does not know the language " + language + ": its texts are never used",
            "use one of " + inspection.languages() + ", or remove them");
      }
    }
  }

  private void wholeLanguageMissing(Language language) {
    Place file = fileOf(language, "");
    String reason = "there are no texts in " + name(language);
    if (language.equals(Language.ENGLISH)) {
      inspection.error(file, reason, "add them: English stands in for what other languages lack");
    } else {
      inspection.warning(
          file,
          reason + ": who chooses it is taught in English",
          "translate the course, or leave it so if nobody needs the language");
    }
  }

  private static String name(Language language) {
    return Locale.of(language.code()).getDisplayLanguage(Locale.ENGLISH);
  }

  private void checkTexts(String label, Place user) {
    if (inspection.languages().stream()
        .noneMatch(language -> inspection.texts().exactly(language, label).isPresent())) {
      inspection.error(
          user,
          "unknown label {{" + label + "}}",
          misspelt(label, inspection.languages())
              .map(other -> "did you mean " + other + "?")
              .orElse("correct its spelling, or give it a text in every language"));
      return;
    }
    for (Language language : inspection.languages()) {
      Optional<String> text = own.exactly(language, label);
      if (text.isPresent() && text.get().isBlank()) {
        inspection.error(
            inspection.place(language, label), "it is empty in " + language, "give it a text");
      } else if (text.isEmpty() && isMissing(language, label)) {
        missing(language, label);
      }
    }
  }

  private void missing(Language language, String label) {
    String fix =
        language.equals(Language.ENGLISH)
            ? "add it: English stands in for what other languages lack"
            : "translate it; until then it is said in English";
    inspection.error(
        fileOf(language, label),
        "it has no text in " + language,
        misspelt(label, List.of(language))
            .map(
                other ->
                    "correct the label in line %d, %s, if that is it"
                        .formatted(inspection.place(language, other).line(), other))
            .orElse(fix));
  }

  /** A label that nothing uses, has a text in one of the languages, and looks like this one. */
  private Optional<String> misspelt(String label, List<Language> languages) {
    Optional<String> other =
        unused.stream()
            .filter(name -> EditDistance.within(name, label, MOST_SLIPS))
            .filter(name -> languages.stream().anyMatch(in -> own.exactly(in, name).isPresent()))
            .findFirst();
    other.ifPresent(explained::add);
    return other;
  }

  /** In a language that the course does not have at all, nothing single is missing. */
  private boolean isMissing(Language language, String label) {
    boolean engineStandsIn =
        inspection.texts().exactly(language, label).isPresent()
            && own.exactly(Language.ENGLISH, label).isEmpty();
    return !engineStandsIn && !own.labels(language).isEmpty();
  }

  private void collectUnused() {
    inspection.languages().forEach(language -> unused.addAll(own.labels(language)));
    unused.removeAll(used.keySet());
  }

  private void checkUnused() {
    for (String label : unused) {
      List<Language> in =
          inspection.languages().stream()
              .filter(language -> own.exactly(language, label).isPresent())
              .toList();
      Place place =
          inspection.place(in.contains(Language.ENGLISH) ? Language.ENGLISH : in.getFirst(), label);
      if (Translations.VALUES.contains(label)) {
        inspection.warning(
            place,
            "nothing uses this label: {{" + label + "}} is a value of the engine",
            "give the label another name");
      } else if (!explained.contains(label)) {
        inspection.warning(
            place,
            "nothing uses this label (it is in %s)"
                .formatted(in.stream().map(Language::code).collect(Collectors.joining(", "))),
            "remove it, or correct its spelling");
      }
    }
  }

  /** The file where a text of the language belongs: that of its other texts, or as in English. */
  private Place fileOf(Language language, String label) {
    String what = label.isEmpty() ? "" : "label " + label;
    return own.labels(language).stream()
        .sorted()
        .map(other -> inspection.place(language, other).file())
        .findFirst()
        .or(() -> fileAsInEnglish(language))
        .map(file -> new Place(file, 0, what))
        .orElse(new Place("content", 0, what));
  }

  private Optional<String> fileAsInEnglish(Language language) {
    return own.labels(Language.ENGLISH).stream()
        .sorted()
        .map(other -> inspection.place(Language.ENGLISH, other).file())
        .map(file -> file.replaceFirst("\\ben(\\.\\w+)$", language.code() + "$1"))
        .findFirst();
  }
}
