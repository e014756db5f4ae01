package co.stopcovid.common;

import java.util.regex.Pattern;

/**
 * A phone number in E.164 form: a plus sign and 7 to 15 digits, the first not zero. It identifies a
 * learner's conversation. {@link #toString()} shows the last four digits only, because numbers are
 * private and end up in logs; {@link #value()} is the whole number.
 */
public record PhoneNumber(String value) implements Comparable<PhoneNumber> {
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

  /**
   * @throws IllegalArgumentException when the text is not an E.164 number
   */
  public PhoneNumber {
    if (!E164.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "not a phone number in E.164 form (a plus sign and 7 to 15 digits, such as +12025550123)");
    }
  }

  @Override
  public int compareTo(PhoneNumber other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return "…" + value.substring(value.length() - 4);
  }
}
