package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Finding;
import co.stopcovid.adapters.authoring.Finding.Severity;
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
        prompt.texts().forEach(text -> use(text, inspection.written(drill, prompt, text)));
      }
    }
    for (String label : Translations.ENGINE_LABELS) {
      use("{{" + label + "}}", inspection.place(inspection.mainLanguage(), label));
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
    Set<Language> named = new TreeSet<>(there);
    named.addAll(own.taught());
    for (Language language : named) {
      if (!inspection.knownLanguages().contains(language)) {
        inspection.warning(
            fileOf(language, ""),
            "the engine does not know the language " + language + ": its texts are never used",
            "use one of " + inspection.knownLanguages() + ", or remove them");
      } else if (!inspection.languages().contains(language) && !own.labels(language).isEmpty()) {
        inspection.warning(
            fileOf(language, ""),
            "the course does not teach " + Inspection.name(language) + ": its texts are not used",
            "add it to languages in course.yaml, or remove the texts");
      }
    }
  }

  private void wholeLanguageMissing(Language language) {
    Place file = fileOf(language, "");
    String reason = "there are no texts in " + Inspection.name(language);
    if (language.equals(inspection.mainLanguage())) {
      inspection.error(file, reason, "add them: they stand in for what other languages lack");
    } else {
      inspection.warning(
          file,
          reason + ": who chooses it is taught in " + Inspection.name(inspection.mainLanguage()),
          "translate the course, or take the language out of its languages");
    }
  }

  private void checkTexts(String label, Place user) {
    if (inspection.texts().find(inspection.mainLanguage(), label).isEmpty()
        && inspection.languages().stream()
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
    boolean isMain = language.equals(inspection.mainLanguage());
    String fix =
        isMain
            ? "add it: it stands in for what other languages lack"
            : "translate it; until then %s"
                .formatted(
                    inspection.texts().exactly(language, label).isPresent()
                        ? "the engine's own text is said"
                        : "it is said in " + Inspection.name(inspection.mainLanguage()));
    Place place = fileOf(language, label);
    inspection.add(
        new Finding(
            isMain ? Severity.ERROR : Severity.WARNING,
            place,
            "it has no text in " + language,
            misspelt(label, List.of(language))
                .map(
                    other ->
                        "correct the label in line %d, %s, if that is it"
                            .formatted(inspection.place(language, other).line(), other))
                .orElse(fix)));
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

  /**
   * In a language that the course does not have at all, nothing single is missing; nor is a text of
   * the engine's that the course replaces in no language.
   */
  private boolean isMissing(Language language, String label) {
    boolean isOwn =
        inspection.languages().stream().anyMatch(other -> own.exactly(other, label).isPresent());
    boolean engineSays = inspection.texts().exactly(language, label).isPresent();
    return !own.labels(language).isEmpty() && (isOwn || !engineSays);
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
