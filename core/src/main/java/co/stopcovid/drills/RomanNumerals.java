package co.stopcovid.drills;

import java.util.List;

/** The Roman numerals that number options and name types and classes: i to xii. */
public final class RomanNumerals {
  private static final List<String> NUMERALS =
      List.of("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii");

  private RomanNumerals() {}

  /** What a numeral in small letters counts; 0: it is none. */
  public static int value(String numeral) {
    return NUMERALS.indexOf(numeral) + 1;
  }

  /** The numeral of a number; empty: it has none here. */
  public static String of(int number) {
    return number < 1 || number > NUMERALS.size() ? "" : NUMERALS.get(number - 1);
  }

  /** The numeral of a number in digits; empty: it has none here. */
  public static String of(String digits) {
    boolean small = digits.length() == 1 || digits.length() == 2;
    return small && digits.chars().allMatch(c -> c >= '0' && c <= '9')
        ? of(Integer.parseInt(digits))
        : "";
  }
}
