package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.drills.AnswerWords.Role;
import co.stopcovid.drills.Choice;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.LanguageTables;
import java.util.stream.Stream;

/** Whether a text says a right answer, so that who reads it need not find it. */
final class AnswerMentions {
  private final LanguageTables tables;

  AnswerMentions(LanguageTables tables) {
    this.tables = tables;
  }

  /** Whether the words of an answer, without its letter, stand together in a text. */
  boolean areIn(String text, String answer) {
    Choice choice = Choice.read(answer);
    String words = FoldedText.words(choice == null ? answer : choice.text());
    return !words.isEmpty() && !isYesOrNo(words) && contains(FoldedText.words(text), words);
  }

  /** Such words are in many sentences that tell nothing. */
  private boolean isYesOrNo(String words) {
    return tables.all().stream()
        .flatMap(
            table ->
                Stream.of(Role.YES, Role.NO, Role.MEANING)
                    .flatMap(role -> table.answers().of(role).keySet().stream()))
        .anyMatch(phrase -> FoldedText.words(phrase).equals(words));
  }

  private static boolean contains(String text, String words) {
    return FoldedText.isSpaceless(words.codePointAt(0))
        ? text.contains(words)
        : (" " + text + " ").contains(" " + words + " ");
  }
}
