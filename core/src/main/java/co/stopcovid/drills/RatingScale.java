package co.stopcovid.drills;

import co.stopcovid.drills.AnswerWords.Role;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers that a message lists.
 *
 * @param least the smallest number of the scale
 * @param most the greatest
 */
record RatingScale(int least, int most) {
  /** Of one or two digits; more are a year or a phone number. */
  private static final Pattern ONE = Pattern.compile("\\d{1,2}");

  private static final Pattern LISTED =
      Pattern.compile(
          "(?<![\\p{IsLatin}\\p{N}-])(?<!\\d[.,])\\d{1,2}(?![\\d%])|(?<=\\d-)\\d{1,2}(?!\\d)");

  private static final String DASH = "[-–—~～…]|\\.{2,3}";

  /** One kind of digits, and of marks behind them. */
  static String plain(String question) {
    return Normalizer.normalize(question.replace("\u20e3", ""), Normalizer.Form.NFKC)
        .replaceAll("[\\uFE00-\\uFE0F]", "");
  }

  /** The numbered options, else a range that is named, else all numbers there are. */
  static Optional<RatingScale> in(String question, List<Choice> options, LanguageTable table) {
    List<Integer> numbers =
        options.stream()
            .filter(Choice::isNumbered)
            .map(option -> Integer.valueOf(option.label()))
            .toList();
    return of(numbers)
        .or(() -> of(range(question, table)))
        .or(() -> of(all(question)))
        .or(() -> of(range(inFigures(question, table), table)));
  }

  private static Optional<RatingScale> of(List<Integer> numbers) {
    var sorted = numbers.stream().distinct().sorted().toList();
    return sorted.size() < 2
        ? Optional.empty()
        : Optional.of(new RatingScale(sorted.getFirst(), sorted.getLast()));
  }

  /** "1 to 5", "1-5", "del 1 al 5", "1到5". */
  private static List<Integer> range(String question, LanguageTable table) {
    var to = new StringBuilder(DASH);
    table
        .answers()
        .of(Role.RANGE)
        .forEach(
            (phrase, value) -> {
              if (value.equals("-")) {
                to.append('|').append(Pattern.quote(FoldedText.words(phrase)));
              }
            });
    Matcher range =
        Pattern.compile(
                "(?<!\\d)(\\d{1,2})\\s*\\p{IsHan}?\\s*(?:%s)\\s*(?:\\p{L}{1,3}\\s)?(\\d{1,2})(?!\\d)"
                    .formatted(to))
            .matcher(FoldedText.letters(question));
    return range.find()
        ? List.of(Integer.valueOf(range.group(1)), Integer.valueOf(range.group(2)))
        : List.of();
  }

  private static List<Integer> all(String question) {
    List<Integer> numbers = new ArrayList<>();
    Matcher number = LISTED.matcher(question);
    while (number.find()) {
      numbers.add(Integer.valueOf(number.group()));
    }
    return numbers;
  }

  /** "from one to five", 从一到五. */
  private static String inFigures(String question, LanguageTable table) {
    String figures = ' ' + FoldedText.words(question) + ' ';
    for (var entry : table.answers().of(Role.NUMBER).entrySet()) {
      String word = FoldedText.words(entry.getKey());
      String number = entry.getValue().replace("*", "");
      if (!word.isEmpty() && ONE.matcher(number).matches()) {
        figures =
            FoldedText.isSpaceless(word.codePointAt(0))
                ? figures.replace(word, number)
                : figures.replace(' ' + word + ' ', ' ' + number + ' ');
      }
    }
    return figures;
  }

  boolean holds(int number) {
    return number >= least && number <= most;
  }
}
