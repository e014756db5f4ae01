package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.drills.Choice;
import co.stopcovid.drills.EditDistance;
import co.stopcovid.drills.FoldedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Choices that are hardly different: the same words, or one letter apart. */
final class ChoiceLikeness {
  /** What two choices have in common, and whether it makes them one. */
  record Pair(Choice one, Choice other, String how, boolean isSame) {}

  private ChoiceLikeness() {}

  static List<Pair> in(List<Choice> choices) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      for (int j = i + 1; j < choices.size(); j++) {
        compare(choices.get(i), choices.get(j), pairs);
      }
    }
    return pairs;
  }

  private static void compare(Choice one, Choice other, List<Pair> pairs) {
    String a = FoldedText.words(one.text());
    String b = FoldedText.words(other.text());
    if (hasSigns(one.text()) || hasSigns(other.text()) || a.isEmpty() || b.isEmpty()) {
      return;
    }
    if (a.equals(b)) {
      pairs.add(new Pair(one, other, "are the same", true));
    } else if (joined(a).equals(joined(b))) {
      pairs.add(new Pair(one, other, "are the same but for spaces and hyphens", true));
    } else if (sorted(a).equals(sorted(b))) {
      pairs.add(new Pair(one, other, "have the same words in another order", false));
    } else if (isOneLetterApart(a, b)) {
      pairs.add(new Pair(one, other, "are one letter apart, like a slip of the finger", false));
    }
  }

  /** In numbers, signs and relations make the difference: 1:10 and 10:1, +5 and -5, > 5 and < 5. */
  private static boolean hasSigns(String text) {
    return text.chars().anyMatch(c -> "<>=≤≥+−-–:/.,°%".indexOf(c) >= 0)
        && text.chars().anyMatch(Character::isDigit);
  }

  private static String joined(String words) {
    return words.replace(" ", "");
  }

  private static String sorted(String words) {
    return Arrays.stream(words.split(" ")).sorted().collect(Collectors.joining(" "));
  }

  /** Numbers are typed with more care, and a sign of Chinese is a word. */
  private static boolean isOneLetterApart(String a, String b) {
    boolean letters =
        (a + b).codePoints().allMatch(c -> c == ' ' || Character.isLetter(c))
            && (a + b).codePoints().noneMatch(FoldedText::isSpaceless);
    return letters && Math.min(a.length(), b.length()) > 1 && EditDistance.within(a, b, 1);
  }
}
