package co.stopcovid.drills;

import co.stopcovid.common.Language;
import co.stopcovid.drills.grading.AnswerKey;
import co.stopcovid.drills.grading.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A drill in one language: its texts, and what is made of a reply to each prompt. */
public final class LocalizedDrill {
  private final Map<PromptSlug, LocalizedPrompt> prompts;
  private final Map<String, Template> engineTexts;

  private LocalizedDrill(
      Map<PromptSlug, LocalizedPrompt> prompts, Map<String, Template> engineTexts) {
    this.prompts = prompts;
    this.engineTexts = engineTexts;
  }

  static LocalizedDrill of(
      Drill drill, Translations translations, LanguageTables tables, Language language) {
    var prompts = new HashMap<PromptSlug, LocalizedPrompt>();
    for (Prompt prompt : drill.prompts()) {
      prompts.put(prompt.slug(), LocalizedPrompt.of(prompt, translations, tables, language));
    }
    return new LocalizedDrill(prompts, engineTexts(translations, language));
  }

  /** The engine's own texts in one language, by label. */
  static Map<String, Template> engineTexts(Translations translations, Language language) {
    var texts = new HashMap<String, Template>();
    for (String label : Translations.ENGINE_LABELS) {
      texts.put(label, translations.resolve(Template.parse("{{" + label + "}}"), language));
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

  /** A message of a prompt, with values still to be filled in. */
  public record LocalizedMessage(@Nullable Template text, @Nullable String mediaUrl) {}

  /** A prompt in one language. */
  public static final class LocalizedPrompt {
    private final List<LocalizedMessage> messages;
    private final String correctAnswer;
    private final @Nullable AnswerKey answerKey;
    private final LanguageChoice languageChoice;
    private final String question;

    private LocalizedPrompt(
        List<LocalizedMessage> messages,
        String question,
        String correctAnswer,
        @Nullable AnswerKey answerKey,
        LanguageChoice languageChoice) {
      this.messages = messages;
      this.question = question;
      this.correctAnswer = correctAnswer;
      this.answerKey = answerKey;
      this.languageChoice = languageChoice;
    }

    private static LocalizedPrompt of(
        Prompt prompt, Translations translations, LanguageTables tables, Language language) {
      List<LocalizedMessage> messages = new ArrayList<>();
      var question = new StringBuilder();
      for (PromptMessage message : prompt.messages()) {
        Template text = null;
        if (message.text() != null) {
          text = translations.resolve(Template.parse(message.text()), language);
          question.append(text.fill(value -> "")).append('\n');
        }
        messages.add(new LocalizedMessage(text, message.mediaUrl()));
      }
      String answer = "";
      AnswerKey key = null;
      if (prompt.correctResponse() != null) {
        answer =
            translations
                .resolve(Template.parse(prompt.correctResponse()), language)
                .fill(value -> "")
                .strip();
        key = AnswerKey.of(tables, language, question.toString(), answer);
      }
      return new LocalizedPrompt(
          messages, question.toString(), answer, key, new LanguageChoice(tables));
    }

    public List<LocalizedMessage> messages() {
      return messages;
    }

    /** All texts of the prompt, one after another. */
    public String question() {
      return question;
    }

    /** The right answer as authored; empty when the prompt is not graded. */
    public String correctAnswer() {
      return correctAnswer;
    }

    public boolean isGraded() {
      return answerKey != null;
    }

    /** Any reply to a prompt that is not graded is right, an empty one too. */
    public Verdict grade(String reply) {
      return answerKey == null ? Verdict.right("the prompt is not graded") : answerKey.grade(reply);
    }

    /** The supported language that a reply to this prompt names. */
    public Optional<Language> languageNamedBy(String reply) {
      return languageChoice.recognise(reply, question);
    }
  }
}
