package co.stopcovid.drills;

import co.stopcovid.common.Language;
import java.util.HashMap;
import java.util.Map;

/** A drill in one language: its texts, and what is made of a reply to each prompt. */
public final class LocalizedDrill {
  private final Map<PromptSlug, LocalizedPrompt> prompts;
  private final Map<String, Template> engineTexts;
  private final String languages;

  private LocalizedDrill(
      Map<PromptSlug, LocalizedPrompt> prompts,
      Map<String, Template> engineTexts,
      String languages) {
    this.prompts = prompts;
    this.engineTexts = engineTexts;
    this.languages = languages;
  }

  static LocalizedDrill of(
      Drill drill, Translations translations, LanguageTables tables, Language language) {
    var prompts = new HashMap<PromptSlug, LocalizedPrompt>();
    for (Prompt prompt : drill.prompts()) {
      prompts.put(prompt.slug(), LocalizedPrompt.of(prompt, translations, tables, language));
    }
    return new LocalizedDrill(
        prompts,
        engineTexts(translations, language),
        tables.listed(translations.taughtWith(tables), language));
  }

  /** The engine's own texts in one language, by label. */
  static Map<String, Template> engineTexts(Translations translations, Language language) {
    var texts = new HashMap<String, Template>();
    for (String label : Translations.ENGINE_LABELS) {
      texts.put(label, translations.resolve(Template.parse("{{" + label + "}}"), language));
    }
    for (String label : Translations.LATER_REMINDERS) {
      if (translations.find(language, label).isPresent()) {
        texts.put(label, translations.resolve(Template.reference(label), language));
      }
    }
    return texts;
  }

  /**
   * A prompt of the drill.
   *
   * @throws IllegalArgumentException when the drill has no such prompt
   */
  public LocalizedPrompt prompt(PromptSlug slug) {
    LocalizedPrompt prompt = prompts.get(slug);
    if (prompt == null) {
      throw new IllegalArgumentException("the drill has no prompt " + slug);
    }
    return prompt;
  }

  /** One of {@link Translations#ENGINE_LABELS}. */
  public Template engineText(String label) {
    Template text = engineTexts.get(label);
    if (text == null) {
      throw new IllegalArgumentException("the engine has no label " + label);
    }
    return text;
  }

  /** The label of what is said at a step of reminders: of the last step that has a text. */
  public String reminderLabel(int step) {
    for (int i = Translations.LATER_REMINDERS.size() - 1; i >= 0; i--) {
      String label = Translations.LATER_REMINDERS.get(i);
      if (i + 2 <= step && engineTexts.containsKey(label)) {
        return label;
      }
    }
    return "drill_reminder";
  }

  /** The languages that a learner can choose from, as a sentence lists them. */
  public String listedLanguages() {
    return languages;
  }
}
