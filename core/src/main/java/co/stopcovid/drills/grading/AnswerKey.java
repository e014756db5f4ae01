package co.stopcovid.drills.grading;

import co.stopcovid.common.Language;
import co.stopcovid.drills.Choice;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.LanguageTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt's right answer is in one language, prepared for grading many replies. The rules and
 * their order are in docs/decisions/0003-grading.md. Safe for many threads.
 */
public final class AnswerKey {
  /** Ten times what a message of many parts can hold. */
  private static final int MAX_REPLY = 16_000;

  private static final Verdict TOO_LONG = Verdict.wrong("is longer than any answer");
  private static final Verdict EMPTY = Verdict.wrong("says nothing");
  private static final Verdict VERBATIM = Verdict.right("is the answer as authored");

  /** What may stand around a label that is all of a reply, without making it something else. */
  private static final String AROUND_LABEL = " \t\r\n.,!?()[]\"':;*";

  private static final int MAX_EXPANSION = 18;
  private static final int MAX_LONE_LABEL = 12;

  private final Prompt prompt;
  private final List<String> authored;

  /** One for each further form of the answer. */
  private final List<AnswerKey> further;

  /** The verdicts on replies that are one label and nothing else, as nearly all are; by ASCII. */
  private final @Nullable Verdict[] labelVerdicts = new @Nullable Verdict[128];

  private AnswerKey(Prompt prompt, List<String> authored, List<AnswerKey> further) {
    this.prompt = prompt;
    this.authored = authored;
    this.further = further;
    for (String label : prompt.labels()) {
      char c = label.charAt(0);
      if (label.length() == 1 && c < labelVerdicts.length) {
        labelVerdicts[c] = LabelRule.byLabel(prompt, label);
      }
    }
  }

  /**
   * Prepares the grading of a prompt's replies.
   *
   * @param language the language of the prompt's texts
   * @param question all texts of the prompt, one after another by line breaks, with its options
   * @param accepted the forms of the right answer as authored, the one that is shown first, such as
   *     {@code c) 20 seconds}; at least one
   */
  public static AnswerKey of(
      LanguageTables tables, Language language, String question, List<String> accepted) {
    AnswerKey key = of(tables, language, question, accepted.getFirst());
    List<AnswerKey> further =
        accepted.stream().skip(1).map(form -> of(tables, language, question, form)).toList();
    return further.isEmpty() ? key : new AnswerKey(key.prompt, key.authored, further);
  }

  /** {@link #of(LanguageTables, Language, String, List)} with one form. */
  public static AnswerKey of(
      LanguageTables tables, Language language, String question, String correctResponse) {
    List<Choice> listed = Choice.listedIn(question);
    CorrectResponse correct = CorrectResponse.of(correctResponse, listed);
    Prompt prompt = PromptCompiler.compile(Lexicon.of(tables, language), question, listed, correct);
    List<String> authored = new ArrayList<>();
    for (String text : Arrays.asList(correctResponse, correct.text())) {
      // What says nothing, such as an emoji, is no answer, even where an author wants it.
      if (text != null && !prompt.read(text).tokens().isEmpty()) {
        authored.add(text.strip());
      }
    }
    return new AnswerKey(prompt, List.copyOf(authored), List.of());
  }

  /** Whether a reply is right, and why. Never throws; the time is linear in the reply's length. */
  public Verdict grade(String reply) {
    Verdict verdict = gradeByFirst(reply);
    for (int i = 0; i < further.size() && !verdict.correct(); i++) {
      Verdict other = further.get(i).gradeByFirst(reply);
      verdict = other.correct() ? other : verdict;
    }
    return verdict;
  }

  /** Whether a reply is right for the prompt, or names one of its options. */
  public boolean isAnswer(String reply) {
    Verdict verdict = grade(reply);
    return verdict.correct() || verdict.choice() != null;
  }

  private Verdict gradeByFirst(String reply) {
    Verdict byLabel = onLoneLabel(reply);
    if (byLabel != null) {
      return byLabel;
    }
    if (isTooLong(reply)) {
      return TOO_LONG;
    }
    if (isVerbatim(reply)) {
      return VERBATIM;
    }
    Reading reading = prompt.read(reply);
    if (reading.terms().isEmpty()) {
      return EMPTY;
    }
    Verdict verdict = LabelRule.decide(prompt, reading);
    return verdict == null ? TextRule.decide(prompt, reading) : verdict;
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
