package co.stopcovid.drills;

import java.util.ArrayList;
import java.util.List;

/** Choices that stand behind each other on one line: {@code a) gloves b) a mask (c) none}. */
final class InlineChoices {
  /** What a label does not stand behind: 4°C), can't) and A-B) end words and units. */
  private static final String WITHIN_WORDS = "°º'’-‐–/&+";

  private InlineChoices() {}

  static List<Choice> in(String message) {
    List<Choice> choices = new ArrayList<>();
    for (String line : message.lines().toList()) {
      collect(line, choices);
    }
    return choices;
  }

  private static void collect(String line, List<Choice> choices) {
    int textStart = -1;
    String label = "";
    for (int i = 0; i < line.length(); i++) {
      if (i > 0 && isWithinWord(line.charAt(i - 1))) {
        continue;
      }
      int end = Choice.endOfLabel(line, i);
      if (end == i
          || end == line.length()
          || (line.charAt(end) != ')' && line.charAt(end) != '）')) {
        continue;
      }
      if (textStart >= 0) {
        add(choices, label, line.substring(textStart, i));
      }
      label = FoldedText.letters(line.substring(i, end));
      textStart = end + 1;
      i = end;
    }
    if (textStart >= 0) {
      add(choices, label, line.substring(textStart));
    }
  }

  private static boolean isWithinWord(char before) {
    return FoldedText.isWordPart(before) || WITHIN_WORDS.indexOf(before) >= 0;
  }

  private static void add(List<Choice> choices, String label, String text) {
    String bare = text.strip();
    while (bare.endsWith("(") || bare.endsWith(",") || bare.endsWith(";")) {
      bare = bare.substring(0, bare.length() - 1).strip();
    }
    if (!bare.isEmpty()) {
      choices.add(new Choice(label, bare));
    }
  }
}
