package co.stopcovid.drills;

import co.stopcovid.common.Language;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The texts of the engine's own labels for those who are in no drill, by language. */
public final class EngineTexts {
  private final Map<Language, Map<String, Template>> texts = new HashMap<>();
  private final List<Language> languages;
  private final Language mainLanguage;
  private final LanguageTables tables;

  /**
   * @throws ContentException when a label refers to an unknown one
   */
  public EngineTexts(Translations translations, LanguageTables tables) {
    this.tables = tables;
    Translations complete = translations.withEngineTexts(tables);
    languages = translations.taughtWith(tables);
    mainLanguage = translations.mainLanguage();
    for (LanguageTable table : tables.all()) {
      texts.put(table.language(), LocalizedDrill.engineTexts(complete, table.language()));
    }
  }

  /** The languages that the organisation's course is taught in. */
  public List<Language> languages() {
    return languages;
  }

  /**
   * A text in a learner's language.
   *
   * @param language null and a language without table mean English, where the course is taught in
   *     that
   * @param label one of {@link Translations#ENGINE_LABELS}
   */
  public Template find(@Nullable Language language, String label) {
    Map<String, Template> found = language == null ? null : texts.get(language);
    if (found == null) {
      found = Objects.requireNonNull(texts.get(mainLanguage));
    }
    Template text = found.get(label);
    if (text == null) {
      throw new IllegalArgumentException("the engine has no label " + label);
    }
    return text;
  }

  /**
   * The languages that a learner can choose from, as a sentence lists them.
   *
   * @param language of the sentence; null and a language without table mean the main one
   */
  public String listedLanguages(@Nullable Language language) {
    return tables.listed(languages, language == null ? mainLanguage : language);
  }
}
