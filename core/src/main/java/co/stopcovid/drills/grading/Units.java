package co.stopcovid.drills.grading;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What units of measure are of each other, where it is a plain number: 60 minutes are 1 hour. */
final class Units {
  private record Size(String kind, BigDecimal of) {}

  private static final Map<String, Size> SIZES =
      Map.ofEntries(
          size("second", "time", "1"),
          size("minute", "time", "60"),
          size("hour", "time", "3600"),
          size("day", "time", "86400"),
          size("week", "time", "604800"),
          size("millimeter", "length", "1"),
          size("centimeter", "length", "10"),
          size("meter", "length", "1000"),
          size("kilometer", "length", "1000000"),
          size("inch", "foot", "1"),
          size("foot", "foot", "12"),
          size("yard", "foot", "36"),
          size("gram", "mass", "1"),
          size("kilogram", "mass", "1000"),
          size("milligram", "mass", "0.001"),
          size("jin", "mass", "500"),
          size("milliliter", "volume", "1"),
          size("liter", "volume", "1000"),
          size("cent", "dollar", "1"),
          size("dollar", "dollar", "100"));

  /** What is written before its number. */
  private static final Set<String> LEADING =
      Set.of("dollar", "euro", "pound sterling", "peso", "real", "yuan", "year", "percent");

  /** What things are counted in, and what they come in. */
  private static final Set<String> PIECES =
      Set.of("piece", "bottle", "pair", "box", "bag", "pack", "roll", "strip", "bucket", "tube");

  private Units() {}

  static boolean isPiece(String unit) {
    return PIECES.contains(unit);
  }

  static boolean isTime(@Nullable String unit) {
    Size size = unit == null ? null : SIZES.get(unit);
    return size != null && size.kind.equals("time");
  }

  static boolean leads(String unit) {
    return LEADING.contains(unit);
  }

  private static Map.Entry<String, Size> size(String unit, String kind, String of) {
    return Map.entry(unit, new Size(kind, new BigDecimal(of)));
  }

  /** Whether two numbers with different units are the same amount. */
  static boolean same(
      String one, @Nullable String oneUnit, String other, @Nullable String otherUnit) {
    Size a = oneUnit == null ? null : SIZES.get(oneUnit);
    Size b = otherUnit == null ? null : SIZES.get(otherUnit);
    if (a == null || b == null || !a.kind.equals(b.kind) || one.length() + other.length() > 24) {
      return false;
    }
    try {
      return new BigDecimal(one).multiply(a.of).compareTo(new BigDecimal(other).multiply(b.of))
          == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
