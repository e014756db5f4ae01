package co.stopcovid.drills.grading;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A number with all that belongs to it: "at most 40 °F", "2 to 3 weeks", "1:10", "March 15".
 *
 * @param numbers one number, or the two of a pair, in one form: {@code -18}, {@code 0.5}
 * @param shape what makes one thing of two numbers
 * @param unit null: none is said
 * @param per the unit of time or the like that a rate is for; null: it is no rate
 * @param sign the comparison: {@code < <= > >= ~}, or empty
 * @param places the digits of a number as written, for codes and telephone numbers ("007")
 */
record Quantity(
    List<String> numbers,
    Shape shape,
    @Nullable String unit,
    @Nullable String per,
    String sign,
    String places) {
  enum Shape {
    ONE,
    /** "2-3", "2 to 3", "between 2 and 3". */
    RANGE,
    /** "2 or 3": a range where the answer is one, else left open. */
    EITHER,
    /** "1:10", "7:30". */
    COLON,
    /** "140/90". */
    SLASH,
    /** A month and a day. */
    DATE
  }

  /** How a quantity that was said stands to the one that was asked for. */
  enum Fit {
    SAME,
    /** The same number, beside something that cannot be judged. */
    UNSURE,
    OTHER
  }

  Quantity {
    numbers = List.copyOf(numbers);
  }

  boolean isBare() {
    return unit == null && per == null && sign.isEmpty();
  }

  Quantity with(String otherSign) {
    return new Quantity(numbers, shape, unit, per, otherSign, places);
  }

  /**
   * How this quantity, as a reply says it, fits the answer's.
   *
   * @param asked what the question says of numbers and units
   */
  Fit fit(Quantity answer, QuestionFacts asked) {
    if (Clock.isTime(answer) && Clock.same(this, answer)) {
      return Fit.SAME;
    }
    if (Clock.sharesHour(this, answer)) {
      return Fit.UNSURE;
    }
    Fit numbersFit = fitNumbers(answer);
    if (numbersFit == Fit.OTHER) {
      return isConverted(answer) ? fitSign(answer, asked) : Fit.OTHER;
    }
    return worst(numbersFit, worst(fitUnit(answer, asked), fitSign(answer, asked)));
  }

  private static Fit worst(Fit one, Fit other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private Fit fitNumbers(Quantity answer) {
    if (!numbers.equals(answer.numbers)) {
      return Fit.OTHER;
    }
    if (shape == answer.shape) {
      return Fit.SAME;
    }
    return switch (answer.shape) {
      case RANGE -> shape == Shape.EITHER ? Fit.SAME : Fit.UNSURE;
      case COLON ->
          shape == Shape.RANGE || (shape == Shape.SLASH && !answer.isTime())
              ? Fit.SAME
              : Fit.UNSURE;
      default -> Fit.UNSURE;
    };
  }

  /** "7:30": two digits behind the colon that can be minutes. */
  boolean isTime() {
    int colon = places.indexOf(':');
    return shape == Shape.COLON && colon > 0 && places.length() - colon == 3;
  }

  private Fit fitUnit(Quantity answer, QuestionFacts asked) {
    if (per != null && !per.equals(answer.per) && !asked.units().contains(per)) {
      return Fit.OTHER;
    }
    if (unit == null || unit.equals(answer.unit)) {
      return Fit.SAME;
    }
    if (answer.unit == null) {
      boolean rate = per != null && asked.units().equals(Set.of(per)); // "beats per minute"
      return rate || asked.units().contains(unit) ? Fit.SAME : Fit.UNSURE;
    }
    if (answer.unit.startsWith(unit + " ")) {
      return Fit.SAME; // "degree" for "degree celsius"
    }
    return unit.startsWith(answer.unit + " ") ? Fit.UNSURE : Fit.OTHER;
  }

  /** "1 hour" for "60 minutes". */
  private boolean isConverted(Quantity answer) {
    return shape == Shape.ONE
        && answer.shape == Shape.ONE
        && Units.same(numbers.getFirst(), unit, answer.numbers.getFirst(), answer.unit);
  }

  private Fit fitSign(Quantity answer, QuestionFacts asked) {
    boolean minimum = sign.equals("=>");
    String said = plain(sign);
    String wanted = plain(answer.sign);
    if (said.equals(wanted)) {
      // More of a time is less often: "at least every 2 hours" is no "2 hours or longer".
      boolean turned = answer.sign.equals("=>") && !minimum && Units.isTime(unit);
      return turned ? Fit.UNSURE : Fit.SAME;
    }
    if (said.isEmpty()) {
      // "40" for "40 or below"; that it is more or less than 40 cannot be left out.
      return wanted.length() == 2 || asked.compares(wanted) ? Fit.SAME : Fit.UNSURE;
    }
    if (wanted.isEmpty()) {
      return isMinimum(minimum, said, answer, asked) || asked.compares(said)
          ? Fit.SAME
          : said.length() == 2 || (said.equals(">") && Units.isTime(answer.unit))
              ? Fit.UNSURE
              : Fit.OTHER;
    }
    return said.charAt(0) == wanted.charAt(0) ? Fit.UNSURE : Fit.OTHER;
  }

  /**
   * "About" moves nothing; "at least" is "or more", said before it is known what it is more than.
   */
  private static String plain(String sign) {
    return switch (sign) {
      case "~" -> "";
      case "=>" -> ">=";
      default -> sign;
    };
  }

  /**
   * "At least 20 seconds" for "20 seconds", "21 and over" for an age. What is a temperature, or
   * comes so often, is another thing when there is more of it.
   */
  private static boolean isMinimum(
      boolean minimum, String said, Quantity answer, QuestionFacts asked) {
    if (!said.equals(">=") || asked.saysAtMost()) {
      return false;
    }
    boolean degree = answer.unit != null && answer.unit.startsWith("degree");
    return asked.units().contains("year") || (minimum && !degree);
  }
}
