package co.stopcovid.drills.grading;

import java.util.List;
import java.util.Map;

/** Roman numerals of types and classes: "Type I" is "type 1". */
final class Roman {
  private static final Map<String, String> NUMERALS =
      Map.of(
          "i", "1", "ii", "2", "iii", "3", "iv", "4", "v", "5", "vi", "6", "vii", "7", "viii", "8",
          "ix", "9", "x", "10");

  private Roman() {}

  /** Whether one of two terms is the numeral of the other, a bare number. */
  static boolean same(Term one, Term other) {
    return isNumeralOf(one, other) || isNumeralOf(other, one);
  }

  private static boolean isNumeralOf(Term word, Term number) {
    Quantity quantity = number.quantity();
    String value = NUMERALS.get(word.surface());
    return value != null
        && quantity != null
        && quantity.isBare()
        && quantity.numbers().equals(List.of(value));
  }
}
