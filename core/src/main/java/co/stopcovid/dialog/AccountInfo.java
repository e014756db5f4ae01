package co.stopcovid.dialog;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the organisation's registration says of a learner's account: names with a text, a number
 * ({@code Long} or {@code BigDecimal}) or a truth value. The dialog uses the company only, reports
 * the unit, too; the rest is carried along.
 */
public record AccountInfo(SortedMap<String, Object> values) {
  private static final int MOST_ENTRIES = 50;
  private static final int LONGEST_TEXT = 500;
  private static final int LONG_DIGITS = 19;

  public static final AccountInfo NONE = new AccountInfo(new TreeMap<>());

  /**
   * @throws IllegalArgumentException when a value is of another type, or there is too much
   */
  public AccountInfo {
    var canonical = new TreeMap<String, Object>();
    values.forEach((name, value) -> canonical.put(StorableText.of(name), canonical(value)));
    values = Collections.unmodifiableSortedMap(canonical);
    if (values.size() > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "account_info has more than %d entries".formatted(MOST_ENTRIES));
    }
    values.forEach(AccountInfo::check);
  }

  /** One form for equal values: a whole number is a Long wherever it fits. */
  private static Object canonical(Object value) {
    return switch (value) {
      case String text -> StorableText.of(text);
      case BigDecimal number when number.scale() <= 0 && digits(number) <= LONG_DIGITS -> {
        try {
          yield number.longValueExact();
        } catch (ArithmeticException e) {
          yield number;
        }
      }
      default -> value;
    };
  }

  /** As a long, because an exponent may be anything. */
  private static long digits(BigDecimal number) {
    return (long) number.precision() - number.scale();
  }

  private static void check(String name, Object value) {
    boolean known =
        value instanceof String
            || value instanceof Boolean
            || value instanceof Long
            || value instanceof BigDecimal;
    if (!known) {
      throw new IllegalArgumentException(
          "account_info.%s must be a text, a number or a truth value".formatted(name));
    }
    if (value instanceof String text && text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "account_info.%s has more than %d characters".formatted(name, LONGEST_TEXT));
    }
  }

  public static AccountInfo of(Map<String, Object> values) {
    return values.isEmpty() ? NONE : new AccountInfo(new TreeMap<>(values));
  }

  /** With another text under a name, or none. */
  AccountInfo with(String name, Optional<String> text) {
    var changed = new TreeMap<String, Object>(values);
    text.ifPresentOrElse(value -> changed.put(name, value), () -> changed.remove(name));
    return new AccountInfo(changed);
  }

  /**
   * The employer's name, under whichever of two names the registration gives it; empty when it is
   * not known.
   */
  public String company() {
    String company = text("company");
    return company.isBlank() ? text("employer_name") : company;
  }

  /** The part of the company that the learner works in; empty when it is not known. */
  public String unit() {
    return text("unit_name");
  }

  private String text(String name) {
    return values.get(name) instanceof String text ? text : "";
  }
}
