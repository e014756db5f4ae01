package co.stopcovid.drills;

import co.stopcovid.common.Language;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A drill in all languages, as it was when a learner started it. It never changes: its id is a hash
 * of its content, so that equal ids mean equal content. Two versions with the same id are equal.
 */
public final class DrillVersion {
  private static final int ID_BYTES = 16;

  private final String id;
  private final Drill drill;
  private final Translations translations;

  /** The translations, with the engine's own texts for labels that came up after the start. */
  private final Translations complete;

  private final LanguageTables tables;
  private final Map<Language, LocalizedDrill> localized = new ConcurrentHashMap<>();

  private DrillVersion(Drill drill, Translations translations, LanguageTables tables) {
    this.drill = drill;
    this.translations = translations;
    this.complete = translations.withEngineTexts(tables);
    this.tables = tables;
    this.id = hash(drill, translations);
  }

  /**
   * Fixes a drill and the texts it needs.
   *
   * @throws ContentException when a label of the drill is unknown or a template is malformed
   */
  public static DrillVersion of(Drill drill, Translations all, LanguageTables tables) {
    try {
      Translations used = all.withEngineTexts(tables).usedBy(templates(drill));
      refuseLogic(drill, used);
      return checked(drill, used.teaching(limits(all, tables)), tables);
    } catch (ContentException | IllegalArgumentException e) {
      throw new ContentException("drill %s: %s".formatted(drill.slug(), e.getMessage()), e);
    }
  }

  /** Only of new versions: what was stored before is said as it always was. */
  private static void refuseLogic(Drill drill, Translations used) {
    Stream.concat(
            drill.prompts().stream().flatMap(prompt -> prompt.texts().stream()),
            used.asMap().values().stream().flatMap(labels -> labels.values().stream()))
        .filter(Template::hasLogic)
        .findFirst()
        .ifPresent(
            text -> {
              throw new ContentException("template logic such as {% %} is not known here: " + text);
            });
  }

  /** A course that is taught in every language has no limits to remember. */
  private static List<Language> limits(Translations all, LanguageTables tables) {
    List<Language> taught = all.taughtWith(tables);
    return taught.size() == tables.all().size() ? List.of() : taught;
  }

  /**
   * Makes a version again from what was stored of it. An engine label that a later release brought
   * is said in the engine's own words, and leaves the id as it is.
   *
   * @param id what the version was stored under
   * @param stored its {@link #translations()}
   * @throws ContentException when the content does not have that id, or cannot be taught from
   */
  public static DrillVersion restore(
      String id, Drill drill, Translations stored, LanguageTables tables) {
    try {
      DrillVersion version = checked(drill, stored, tables);
      if (!version.id.equals(id)) {
        throw new ContentException(
            "the content has the id %s: it was changed after it was stored".formatted(version.id));
      }
      return version;
    } catch (ContentException | IllegalArgumentException e) {
      throw new ContentException(
          "version %s of drill %s: %s".formatted(id, drill.slug(), e.getMessage()), e);
    }
  }

  private static DrillVersion checked(
      Drill drill, Translations translations, LanguageTables tables) {
    var version = new DrillVersion(drill, translations, tables);
    for (LanguageTable table : tables.all()) {
      version.checkLabels(table.language());
    }
    return version;
  }

  /** 32 hexadecimal digits. */
  public String id() {
    return id;
  }

  public DrillSlug slug() {
    return drill.slug();
  }

  public Drill drill() {
    return drill;
  }

  /** The texts that this drill needs, in all languages. */
  public Translations translations() {
    return translations;
  }

  /** The languages that it is taught in, the one first that stands in for others. */
  public List<Language> languages() {
    return translations.taughtWith(tables);
  }

  /**
   * The drill in a learner's language.
   *
   * @param language null and a language without table mean English, where it is taught in that
   */
  public LocalizedDrill in(@Nullable Language language) {
    Language known =
        language != null && tables.find(language).isPresent()
            ? language
            : translations.mainLanguage();
    LocalizedDrill found = localized.get(known);
    return found != null
        ? found
        : localized.computeIfAbsent(
            known, missing -> LocalizedDrill.of(drill, complete, tables, missing));
  }

  private void checkLabels(Language language) {
    for (Template template : templates(drill)) {
      complete.resolve(template, language);
    }
    for (String label : Translations.ENGINE_LABELS) {
      complete.resolve(Template.reference(label), language);
    }
  }

  private static List<Template> templates(Drill drill) {
    return drill.prompts().stream()
        .flatMap(prompt -> prompt.texts().stream())
        .map(Template::parse)
        .toList();
  }

  private static String hash(Drill drill, Translations translations) {
    var canonical = new StringBuilder();
    append(canonical, drill.slug().value(), drill.name());
    for (Prompt prompt : drill.prompts()) {
      append(canonical, "prompt", prompt.slug().value(), prompt.correctResponse());
      append(
          canonical,
          prompt.responseKey() == null ? null : prompt.responseKey().wireName(),
          Integer.toString(prompt.maxFailures()));
      for (PromptMessage message : prompt.messages()) {
        append(canonical, "message", message.text(), message.mediaUrl());
      }
      appendFeedback(canonical, prompt);
    }
    if (!translations.taught().isEmpty()) {
      append(canonical, "taught");
      translations.taught().forEach(language -> append(canonical, language.code()));
    }
    translations
        .asMap()
        .forEach(
            (language, labels) ->
                labels.forEach(
                    (label, text) -> append(canonical, "text", language.code(), label, text)));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(canonical.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Only what is used, so that versions stored before there was feedback keep their ids. */
  private static void appendFeedback(StringBuilder canonical, Prompt prompt) {
    prompt.accepted().forEach(form -> append(canonical, "accepted", form));
    Feedback feedback = prompt.feedback();
    if (feedback.explanation() != null) {
      append(canonical, "explanation", feedback.explanation());
    }
    if (feedback.hint() != null) {
      append(canonical, "hint", feedback.hint());
    }
    feedback.options().forEach((label, text) -> append(canonical, "option", label, text));
    for (Feedback.Mistake mistake : feedback.mistakes()) {
      append(canonical, "wrong", mistake.words(), mistake.label());
    }
    if (!prompt.review().equals(Review.DEFAULT)) {
      append(
          canonical, "review", Boolean.toString(prompt.review().asked()), prompt.review().text());
    }
  }

  /** Lengths stand before the fields, so that no two contents are written alike. */
  private static void append(StringBuilder canonical, @Nullable String... fields) {
    for (String field : fields) {
      canonical.append(field == null ? -1 : field.length()).append(':');
      canonical.append(field == null ? "" : field).append('\n');
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DrillVersion version && version.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return drill.slug() + "@" + id;
  }
}
