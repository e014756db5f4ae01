package co.stopcovid.adapters.authoring;

import co.stopcovid.common.Language;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.Feedback;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Review;
import co.stopcovid.drills.Translations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A course as far as it has been read. */
final class CourseDraft {
  private static final Pattern NO_PART_OF_A_LABEL = Pattern.compile("[^\\p{L}\\p{M}\\p{N}_.-]+");

  private final SortedMap<DrillSlug, Drill> drills = new TreeMap<>();
  private final SortedMap<Language, Map<String, String>> texts = new TreeMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  /** The languages that the course says it teaches; empty: those that it has texts in. */
  private List<Language> taught = List.of();

  /** Texts of labels that are made for them; the same in every language. */
  private final SortedMap<String, String> inline = new TreeMap<>();

  private final Map<String, Place> inlinePlaces = new HashMap<>();

  void error(Place place, String reason, String fix) {
    findings.add(Finding.error(place, reason, fix));
  }

  void warning(Place place, String reason, String fix) {
    findings.add(Finding.warning(place, reason, fix));
  }

  /** Adds a drill, unless none of its prompts could be read or another drill has its slug. */
  void addDrill(DrillSlug slug, String name, List<Prompt> prompts, Place place) {
    Place first = places.putIfAbsent(Course.key(slug), place);
    if (first != null) {
      error(
          place,
          "there are two drills with the slug %s; the other is in %s".formatted(slug, first),
          "give one of them another slug");
    } else if (!prompts.isEmpty()) {
      drills.put(slug, new Drill(slug, name, prompts));
    }
  }

  /** A prompt that was read, with its place; nothing where it could not be read. */
  record Step(Prompt prompt, Place place, Parts parts) {}

  /**
   * Where the parts of a prompt stand.
   *
   * @param written its texts and addresses, as they are in the prompt
   * @param options the letters that feedback is for
   */
  record Parts(Map<String, Place> written, Map<String, Place> options) {}

  /**
   * A prompt.
   *
   * @param answers the forms of the right answer, the one that is shown first
   */
  Step step(
      PromptSlug slug,
      List<PromptMessage> messages,
      List<String> answers,
      @Nullable ProfileKey key,
      int maxFailures,
      Feedback feedback,
      Review review,
      Place place,
      Parts parts) {
    return new Step(
        new Prompt(
            slug,
            messages,
            answers.isEmpty() ? null : answers.getFirst(),
            answers.stream().skip(1).toList(),
            key,
            maxFailures,
            feedback,
            review),
        place,
        parts);
  }

  /**
   * The label that a text is, or one that is made for a text that is none: it says the same in
   * every language.
   *
   * @param name what the new label is called, if there is none of that name
   */
  String labelOf(String text, String name, Place place) {
    String sole = Course.soleLabel(text);
    if (sole != null) {
      return sole;
    }
    String label = NO_PART_OF_A_LABEL.matcher(name.strip()).replaceAll("-");
    for (int i = 2; !text.equals(inline.getOrDefault(label, text)); i++) {
      label = NO_PART_OF_A_LABEL.matcher(name.strip()).replaceAll("-") + "-" + i;
    }
    inline.put(label, text);
    inlinePlaces.put(label, place);
    return label;
  }

  /** The prompts of one drill, each slug once. */
  List<Prompt> prompts(DrillSlug drill, List<@Nullable Step> steps) {
    var places = new HashMap<PromptSlug, Place>();
    List<Prompt> prompts = new ArrayList<>();
    for (Step step : steps) {
      if (step == null) {
        continue;
      }
      PromptSlug slug = step.prompt().slug();
      Place first = places.putIfAbsent(slug, step.place());
      if (first == null) {
        prompts.add(step.prompt());
        this.places.putIfAbsent(Course.key(drill, slug), step.place());
        step.parts()
            .written()
            .forEach((text, at) -> this.places.putIfAbsent(Course.key(drill, slug, text), at));
        step.parts()
            .options()
            .forEach(
                (label, at) -> this.places.putIfAbsent(Course.optionKey(drill, slug, label), at));
      } else {
        error(
            step.place(),
            "the drill has two prompts named %s; the other is in line %d"
                .formatted(slug, first.line()),
            "give one of them another name");
      }
    }
    return prompts;
  }

  /** Adds a text; a second one for the same label must be the same. */
  void addText(Language language, String label, String text, Place place) {
    String before =
        texts.computeIfAbsent(language, missing -> new HashMap<>()).putIfAbsent(label, text);
    Place first = places.putIfAbsent(Course.key(language, label), place);
    if (before != null && !before.equals(text)) {
      error(
          place,
          "label %s has two texts in %s; the other is in %s".formatted(label, language, first),
          "remove one of them");
    }
  }

  /** A language that is there, though maybe without texts. */
  void addLanguage(Language language) {
    texts.computeIfAbsent(language, missing -> new HashMap<>());
  }

  void teach(List<Language> languages) {
    taught = List.copyOf(languages);
  }

  boolean hasText(String label) {
    return texts.values().stream().anyMatch(labels -> labels.containsKey(label));
  }

  /** Where a reply is stored; null where it is nowhere, or the key is not allowed. */
  static @Nullable ProfileKey profileKey(Section prompt, String field) {
    String name = prompt.text(field);
    if (name == null) {
      return null;
    }
    ProfileKey key = ProfileKey.find(name).orElse(null);
    if (key == null) {
      prompt.error(
          field,
          "%s: a reply cannot be stored as %s".formatted(field, name),
          "use one of " + ProfileKey.allowed());
    }
    return key;
  }

  /** Texts that are said as they stand, in each language that may need them. */
  private void addInline(List<Language> languages) {
    for (Language language : languages.isEmpty() ? List.of(Language.ENGLISH) : languages) {
      inline.forEach(
          (label, text) ->
              addText(language, label, text, Objects.requireNonNull(inlinePlaces.get(label))));
    }
  }

  Course course() {
    Translations written = new Translations(texts);
    Translations taughtOnes =
        taught.isEmpty() ? written.teachingWhatIsThere() : written.teaching(taught);
    addInline(taughtOnes.taught());
    return new Course(
        List.copyOf(drills.values()),
        new Translations(texts).teaching(taughtOnes.taught()),
        places,
        findings);
  }
}
