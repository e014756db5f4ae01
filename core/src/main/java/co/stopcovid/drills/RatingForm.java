package co.stopcovid.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number on a scale, as {@code from 1 to 5}.
 *
 * @param least the smallest number of the scale
 * @param most the greatest
 * @param table of the learner's language, for numbers in words
 */
record RatingForm(int least, int most, LanguageTable table) implements ReplyForm {
  /** Numbers of a scale have one or two digits; more are a year or a phone number. */
  private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\p{N}.,-])\\d{1,2}(?![\\d%])");

  /** "1 to 5", "1-5", "1 – 5", "de 1 a 5", "1到5": a short word or a sign between two numbers. */
  private static final Pattern RANGE =
      Pattern.compile("(?<!\\d)(\\d{1,2})\\s*(?:[-–—~～]|\\p{L}{1,5})\\s*(\\d{1,2})(?!\\d)");

  private static final Pattern ANY_NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)?");

  /**
   * The scale that a message asks for: its numbered options, else a range that it names, else all
   * the numbers in it.
   *
   * @return empty when the message lists no numbers
   */
  static Optional<RatingForm> askedBy(String question, LanguageTable table) {
    var numbers = new TreeSet<Integer>();
    for (Choice choice : Choice.listedIn(question)) {
      if (choice.isNumbered()) {
        numbers.add(Integer.parseInt(choice.label()));
      }
    }
    if (numbers.isEmpty()) {
      Matcher range = RANGE.matcher(question);
      if (range.find()) {
        numbers.add(Integer.parseInt(range.group(1)));
        numbers.add(Integer.parseInt(range.group(2)));
      }
    }
    if (numbers.size() < 2) {
      Matcher number = NUMBER.matcher(question);
      while (number.find()) {
        numbers.add(Integer.parseInt(number.group()));
      }
    }
    return numbers.size() < 2
        ? Optional.empty()
        : Optional.of(new RatingForm(numbers.first(), numbers.last(), table));
  }

  /** The one number that the reply says, in digits or in words. */
  @Override
  public Optional<String> kept(String reply) {
    List<String> said = new ArrayList<>();
    String folded = FoldedText.letters(reply);
    Matcher digits = ANY_NUMBER.matcher(folded);
    while (digits.find()) {
      said.add(digits.group());
    }
    if (said.isEmpty()) {
      for (String word : FoldedText.words(reply).split(" ", -1)) {
        String number = inDigits(word);
        if (number != null) {
          said.add(number);
        }
      }
    }
    return said.size() == 1 ? said.stream().filter(this::isOnScale).findFirst() : Optional.empty();
  }

  private @Nullable String inDigits(String word) {
    for (var entry : table.answers().of(AnswerWords.Role.NUMBER).entrySet()) {
      if (FoldedText.words(entry.getKey()).equals(word)) {
        return entry.getValue();
      }
    }
    return null;
  }

  private boolean isOnScale(String number) {
    return number.matches("\\d{1,2}")
        && Integer.parseInt(number) >= least
        && Integer.parseInt(number) <= most;
  }

  @Override
  public String example() {
    return Integer.toString(most);
  }
}
