package co.stopcovid.drills.grading;

import co.stopcovid.common.Language;
import co.stopcovid.drills.Choice;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.LanguageTables;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt's right answer is in one language, prepared for grading many replies. The rules and
 * their order are in docs/decisions/0003-grading.md. Safe for many threads.
 */
public final class AnswerKey {
  /** Ten times what a message of many parts can hold. */
  private static final int MAX_REPLY = 16_000;

  /** What more words than that say is not one answer; time stays bounded. */
  private static final int MAX_TERMS = 200;

  private static final Verdict TOO_LONG = Verdict.notUnderstood("is longer than any answer", null);
  private static final Verdict EMPTY = Verdict.notUnderstood("says nothing", null);

  /** What may stand around a label that is all of a reply, without making it something else. */
  private static final String AROUND_LABEL = " \t\r\n.,!?()[]\"':;*";

  private static final int MAX_EXPANSION = 18;
  private static final int MAX_LONE_LABEL = 12;

  private final Prompt prompt;
  private final List<Choice> listed;
  private final List<String> accepted;
  private final List<String> authored;
  private final Verdict verbatim;

  /** The verdicts on replies that are one label and nothing else, as nearly all are; by ASCII. */
  private final @Nullable Verdict[] labelVerdicts = new @Nullable Verdict[128];

  private AnswerKey(
      Prompt prompt, List<Choice> listed, List<String> accepted, List<String> authored) {
    this.prompt = prompt;
    this.listed = listed;
    this.accepted = accepted;
    this.authored = authored;
    this.verbatim = Verdict.right("is the answer as authored", prompt.right().label());
    for (String label : prompt.labels()) {
      char c = label.charAt(0);
      if (label.length() == 1 && c < labelVerdicts.length && !isAnotherNumber(label)) {
        labelVerdicts[c] = LabelRule.byLabel(prompt, label);
      }
    }
  }

  /** "2" where 3) is "2 metres": a label, or that number. */
  private boolean isAnotherNumber(String label) {
    return Character.isDigit(label.charAt(0))
        && prompt.options().stream()
            .anyMatch(option -> !label.equals(option.label()) && option.hasWords(label));
  }

  /**
   * Prepares the grading of a prompt's replies.
   *
   * @param language the language of the prompt's texts
   * @param question all texts of the prompt, one after another by line breaks, with its options
   * @param accepted the forms of the right answer as authored, such as {@code c) 20 seconds}; the
   *     first is the answer as shown
   * @throws IllegalArgumentException when there is no form
   */
  public static AnswerKey of(
      LanguageTables tables, Language language, String question, List<String> accepted) {
    if (accepted.isEmpty()) {
      throw new IllegalArgumentException("an answer key needs at least one form of the answer");
    }
    List<Choice> listed = Choice.listedIn(question);
    CorrectResponse correct = CorrectResponse.of(accepted.getFirst(), listed);
    List<String> more = new ArrayList<>();
    for (String form : accepted.subList(1, accepted.size())) {
      more.add(CorrectResponse.of(form, listed).textOrLabel());
    }
    Prompt prompt =
        PromptCompiler.compile(Lexicon.of(tables, language), question, listed, correct, more);
    List<String> authored = new ArrayList<>();
    List<String> written = new ArrayList<>(accepted);
    if (correct.text() != null) {
      written.add(correct.text());
    }
    written.addAll(more);
    for (String text : written) {
      // What says nothing, such as an emoji, is no answer, even where an author wants it.
      if (!prompt.read(text).tokens().isEmpty()) {
        authored.add(text.strip());
      }
    }
    return new AnswerKey(prompt, listed, List.copyOf(accepted), List.copyOf(authored));
  }

  /** {@link #of(LanguageTables, Language, String, List)} with one form. */
  public static AnswerKey of(
      LanguageTables tables, Language language, String question, String correctResponse) {
    return of(tables, language, question, List.of(correctResponse));
  }

  /** Whether a reply is right, and why. Never throws; the time is linear in the reply's length. */
  public Verdict grade(String reply) {
    Verdict byLabel = onLoneLabel(reply);
    if (byLabel != null) {
      return byLabel;
    }
    if (isTooLong(reply)) {
      return TOO_LONG;
    }
    if (isVerbatim(reply)) {
      return verbatim;
    }
    Verdict verdict = gradeText(reply);
    if (verdict.understood()) {
      return verdict;
    }
    String unsigned = Signature.cut(prompt.lexicon(), reply);
    return unsigned.length() == reply.length() ? verdict : gradeText(unsigned);
  }

  private Verdict gradeText(String reply) {
    Verdict numbered = LabelRule.numbered(prompt, reply);
    if (numbered != null) {
      return numbered;
    }
    Reading reading = prompt.read(reply);
    if (reading.terms().isEmpty()) {
      return EMPTY;
    }
    if (reading.terms().size() > MAX_TERMS) {
      return TOO_LONG;
    }
    Option exact = TextRule.exact(prompt, reading);
    if (exact != null && !LabelRule.isLabelled(prompt, reading)) {
      return prompt.chosen(exact, "is the answer");
    }
    return gradeMeaning(prompt.givesReasons() ? reading : reading.withoutReason());
  }

  private Verdict gradeMeaning(Reading reading) {
    Verdict verdict = LabelRule.decide(prompt, reading);
    if (verdict == null) {
      verdict = MeaningRule.decide(prompt, reading);
    }
    if (verdict == null) {
      verdict = YesNoRule.decide(prompt, reading);
    }
    return verdict == null ? TextRule.decide(prompt, reading) : verdict;
  }

  /** Whether a text answers the prompt: it is right, or names one of the options. */
  public boolean isAnswer(String reply) {
    Verdict verdict = grade(reply);
    return verdict.correct() || (verdict.understood() && verdict.choice() != null);
  }

  /** The labels that the prompt lists, in their order; empty: it lists none. */
  public List<String> optionLabels() {
    List<String> labels = new ArrayList<>();
    for (Option option : prompt.options()) {
      if (prompt.isList() && option.label() != null) {
        labels.add(option.label());
      }
    }
    return List.copyOf(labels);
  }

  /** The pairs of options that are hardly different, for the author to mend. */
  public List<Alike> alikeOptions() {
    return AuthorsChecks.alikeOptions(prompt, listed);
  }

  /** The first two accepted forms of which one denies the other; empty: they agree. */
  public List<String> contradiction() {
    return AuthorsChecks.contradiction(prompt, accepted);
  }

  /** Whether a text, such as a hint, says the right answer; a yes or no is in many that do not. */
  public boolean isToldBy(String text) {
    return AuthorsChecks.tells(prompt, text);
  }

  /** One character can fold to eighteen, so that what counts is the length after folding. */
  private static boolean isTooLong(String reply) {
    return reply.length() > MAX_REPLY
        || (reply.length() > MAX_REPLY / MAX_EXPANSION
            && FoldedText.letters(reply).length() > MAX_REPLY);
  }

  private boolean isVerbatim(String reply) {
    String stripped = reply.strip();
    for (String text : authored) {
      if (text.equalsIgnoreCase(stripped)) {
        return true;
      }
    }
    return false;
  }

  /** The verdict on "c", "C." or "(c)" without reading further; null: the reply is more. */
  private @Nullable Verdict onLoneLabel(String reply) {
    if (reply.length() > MAX_LONE_LABEL) {
      return null;
    }
    char label = 0;
    for (int i = 0; i < reply.length(); i++) {
      char c = reply.charAt(i);
      if (AROUND_LABEL.indexOf(c) >= 0) {
        continue;
      }
      if (label != 0 || c >= labelVerdicts.length) {
        return null;
      }
      label = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
    return labelVerdicts[label];
  }
}
