package co.stopcovid.drills.grading;

import co.stopcovid.common.Language;
import co.stopcovid.drills.LanguageTables;

/** What a prompt's right answer is in one language, prepared for grading many replies. */
public final class AnswerKey {
  private AnswerKey() {}

  /**
   * Prepares the grading of a prompt's replies.
   *
   * @param language the language of the prompt's texts
   * @param question all texts of the prompt, one after another by line breaks, with its options
   * @param correctResponse the right answer as authored, such as {@code c) 20 seconds}
   */
  public static AnswerKey of(
      LanguageTables tables, Language language, String question, String correctResponse) {
    return new AnswerKey();
  }

  public Verdict grade(String reply) {
    return Verdict.wrong("no grading yet");
  }
}
