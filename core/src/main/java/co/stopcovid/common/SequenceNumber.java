package co.stopcovid.common;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * The number that a command stream gave to a command: decimal, from 0, at most 128 digits, which is
 * what Kinesis allows (its numbers have 56). Compared as integers, never as text.
 */
public record SequenceNumber(BigInteger value) implements Comparable<SequenceNumber> {
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,128}");
  private static final BigInteger LIMIT = BigInteger.TEN.pow(128);

  /** Where the numbers begin; stands for none at all in the state of a new learner. */
  public static final SequenceNumber ZERO = new SequenceNumber(BigInteger.ZERO);

  /**
   * @throws IllegalArgumentException when the number is negative or has more than 128 digits
   */
  public SequenceNumber {
    if (value.signum() < 0 || value.compareTo(LIMIT) >= 0) {
      throw new IllegalArgumentException("a sequence number has 1 to 128 digits and no sign");
    }
  }

  public static SequenceNumber of(long value) {
    return new SequenceNumber(BigInteger.valueOf(value));
  }

  /**
   * Reads a sequence number as it stands on the wire.
   *
   * @throws IllegalArgumentException when the text is not 1 to 128 decimal digits
   */
  public static SequenceNumber parse(String decimal) {
    if (!DECIMAL.matcher(decimal).matches()) {
      throw new IllegalArgumentException("a sequence number has 1 to 128 digits and no sign");
    }
    return new SequenceNumber(new BigInteger(decimal));
  }

  public boolean isAbove(SequenceNumber other) {
    return compareTo(other) > 0;
  }

  public SequenceNumber next() {
    return new SequenceNumber(value.add(BigInteger.ONE));
  }

  @Override
  public int compareTo(SequenceNumber other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
