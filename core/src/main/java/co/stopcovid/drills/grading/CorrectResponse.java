package co.stopcovid.drills.grading;

import co.stopcovid.drills.Choice;
import co.stopcovid.drills.FoldedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A right answer as authored: a label, a text, or both. One of them is always there.
 *
 * @param label folded, such as {@code c}
 */
record CorrectResponse(@Nullable String label, @Nullable String text) {
  /** Reads {@code c) 20 seconds}, {@code 20 seconds}, or {@code c} when c is a listed choice. */
  static CorrectResponse of(String authored, List<Choice> listed) {
    Choice choice = Choice.read(authored);
    if (choice != null) {
      boolean known = isLabel(choice.label(), listed);
      return new CorrectResponse(known ? choice.label() : null, choice.text());
    }
    String words = FoldedText.words(authored);
    boolean letter = words.length() == 1 && Character.isLetter(words.charAt(0));
    boolean lone = letter && !FoldedText.isSpaceless(words.charAt(0));
    if (listed.stream().anyMatch(c -> c.label().equals(words)) || (lone && listed.isEmpty())) {
      return new CorrectResponse(words, null);
    }
    return new CorrectResponse(null, authored);
  }

  /** Where choices are listed, only one of theirs is a label. */
  private static boolean isLabel(String label, List<Choice> listed) {
    return listed.isEmpty() || listed.stream().anyMatch(choice -> choice.label().equals(label));
  }

  String textOrLabel() {
    return text != null ? text : String.valueOf(label);
  }
}
