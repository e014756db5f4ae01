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

  /** The verdicts on replies that are one label and nothing else, as nearly all are; by ASCII. */
  private final @Nullable Verdict[] labelVerdicts = new @Nullable Verdict[128];

  private AnswerKey(Prompt prompt, List<String> authored) {
    this.prompt = prompt;
    this.authored = authored;
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
   * @param correctResponse the right answer as authored, such as {@code c) 20 seconds}
   */
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
    return new AnswerKey(prompt, List.copyOf(authored));
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
