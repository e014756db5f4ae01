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

/** A prompt in one language: its texts, and what is made of a reply to it. */
public final class LocalizedPrompt {
  /** A message of a prompt, with values still to be filled in. */
  public record LocalizedMessage(@Nullable Template text, @Nullable String mediaUrl) {}

  /** A wrong answer that the author expects. */
  private record LocalizedMistake(String label, AnswerKey key) {}

  private final List<LocalizedMessage> messages;
  private final String question;
  private final String correctAnswer;
  private final @Nullable AnswerKey answerKey;
  private final @Nullable Template explanation;
  private final @Nullable Template hint;
  private final Map<String, Template> optionFeedback = new HashMap<>();
  private final List<LocalizedMistake> mistakes = new ArrayList<>();
  private final Map<String, Template> mistakeTexts = new HashMap<>();
  private final LanguageChoice languageChoice;
  private final ReplyForm form;

  /** So few, because there is one for each prompt and language of a course. */
  private static final int MOST_REMEMBERED = 64;

  private final ShortTexts<Verdict> verdicts = new ShortTexts<>(MOST_REMEMBERED, this::graded);
  private final ShortTexts<Optional<String>> mistakesMade =
      new ShortTexts<>(MOST_REMEMBERED, this::findMistake);
  private final String options;

  private LocalizedPrompt(
      Prompt prompt, Translations translations, LanguageTables tables, Language language) {
    messages = messages(prompt, translations, language);
    question = question(messages);
    List<String> answers =
        prompt.answers().stream().map(form -> plain(translations, form, language)).toList();
    correctAnswer = answers.isEmpty() ? "" : answers.getFirst();
    answerKey = answers.isEmpty() ? null : AnswerKey.of(tables, language, question, answers);
    Feedback feedback = prompt.feedback();
    explanation = resolved(translations, feedback.explanation(), language);
    hint = resolved(translations, feedback.hint(), language);
    feedback
        .options()
        .forEach(
            (label, text) ->
                optionFeedback.put(label, translations.resolve(Template.parse(text), language)));
    for (Feedback.Mistake mistake : feedback.mistakes()) {
      String words = plain(translations, mistake.words(), language);
      mistakes.add(
          new LocalizedMistake(mistake.label(), AnswerKey.of(tables, language, question, words)));
      mistakeTexts.put(
          mistake.label(), translations.resolve(Template.reference(mistake.label()), language));
    }
    languageChoice = new LanguageChoice(tables);
    form =
        ReplyForm.of(
            prompt.responseKey(), question, tables, language, translations.taughtWith(tables));
    List<String> labels = optionLabels();
    options =
        labels.isEmpty()
            ? ""
            : Listing.of(tables.find(language).orElseGet(tables::english), labels);
  }

  static LocalizedPrompt of(
      Prompt prompt, Translations translations, LanguageTables tables, Language language) {
    return new LocalizedPrompt(prompt, translations, tables, language);
  }

  private static List<LocalizedMessage> messages(
      Prompt prompt, Translations translations, Language language) {
    return prompt.messages().stream()
        .map(
            message ->
                new LocalizedMessage(
                    resolved(translations, message.text(), language), message.mediaUrl()))
        .toList();
  }

  private static String question(List<LocalizedMessage> messages) {
    var question = new StringBuilder();
    for (LocalizedMessage message : messages) {
      if (message.text() != null) {
        question.append(message.text().fill(value -> "")).append('\n');
      }
    }
    return question.toString();
  }

  private static @Nullable Template resolved(
      Translations translations, @Nullable String text, Language language) {
    return text == null ? null : translations.resolve(Template.parse(text), language);
  }

  private static String plain(Translations translations, String text, Language language) {
    return translations.resolve(Template.parse(text), language).fill(value -> "").strip();
  }

  public List<LocalizedMessage> messages() {
    return messages;
  }

  /**
   * The messages with which the prompt is asked again: the last one that lists options, else the
   * last one, and a picture just before it.
   */
  public List<LocalizedMessage> questionMessages() {
    int asks = messages.size() - 1;
    for (int i = asks; i >= 0; i--) {
      Template text = messages.get(i).text();
      if (text != null && !Choice.listedIn(text.fill(value -> "")).isEmpty()) {
        asks = i;
        break;
      }
    }
    boolean pictured = asks > 0 && messages.get(asks - 1).text() == null;
    return messages.subList(pictured ? asks - 1 : asks, asks + 1);
  }

  /** All texts of the prompt, one after another. */
  public String question() {
    return question;
  }

  /** The right answer as it is shown; empty when the prompt is not graded. */
  public String correctAnswer() {
    return correctAnswer;
  }

  public boolean isGraded() {
    return answerKey != null;
  }

  /** What its replies are graded by; empty: it is not graded. */
  public Optional<AnswerKey> answerKey() {
    return Optional.ofNullable(answerKey);
  }

  /** Any reply to a prompt that is not graded is right, an empty one too. */
  public Verdict grade(String reply) {
    return verdicts.apply(reply);
  }

  private Verdict graded(String reply) {
    return answerKey == null ? Verdict.right("the prompt is not graded") : answerKey.grade(reply);
  }

  /** Whether the prompt is graded, and a reply is right for it or one of its options. */
  public boolean isAnswer(String reply) {
    return answerKey != null && answerKey.isAnswer(reply);
  }

  /** The labels of the options that the messages list, in order, folded; empty: they list none. */
  public List<String> optionLabels() {
    return Choice.listedIn(question).stream().map(Choice::label).toList();
  }

  /** The options as a sentence lists them: {@code a, b or c}; empty: the messages list none. */
  public String options() {
    return options;
  }

  /**
   * What is kept in the profile of a reply to a prompt that is not graded.
   *
   * @return empty when the reply is outside the form that the prompt's key has
   */
  public Optional<String> kept(String reply) {
    return form.kept(reply);
  }

  /** A reply in the form that the prompt's key has; empty when any reply will do. */
  public String example() {
    return form.example();
  }

  /** Why the right answer is right; null: the author does not say. */
  public @Nullable Template explanation() {
    return explanation;
  }

  /** What helps after a wrong answer; null: nothing. */
  public @Nullable Template hint() {
    return hint;
  }

  /**
   * What is said of a chosen option.
   *
   * @param choice the option's label; null: none was named
   * @return null when nothing is
   */
  public @Nullable Template optionFeedback(@Nullable String choice) {
    return choice == null ? null : optionFeedback.get(choice);
  }

  /** The label of the expected mistake that a wrong reply is; empty: it is another one. */
  public Optional<String> mistakeIn(String reply) {
    return mistakes.isEmpty() ? Optional.empty() : mistakesMade.apply(reply);
  }

  private Optional<String> findMistake(String reply) {
    for (LocalizedMistake mistake : mistakes) {
      if (mistake.key().grade(reply).correct()) {
        return Optional.of(mistake.label());
      }
    }
    return Optional.empty();
  }

  /**
   * What is said of an expected mistake.
   *
   * @param label as {@link #mistakeIn} gave it; null: none
   * @return null when the prompt has no such mistake
   */
  public @Nullable Template mistakeFeedback(@Nullable String label) {
    return label == null ? null : mistakeTexts.get(label);
  }

  /** The supported language that a reply to this prompt names. */
  public Optional<Language> languageNamedBy(String reply) {
    return languageChoice.recognise(reply, question);
  }
}
