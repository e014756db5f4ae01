package co.stopcovid.drills.grading;

import co.stopcovid.drills.grading.Quantity.Shape;

/** Times of the day: "2 pm", "2:00 PM" and "14:00" are one. */
final class Clock {
  private static final int NONE = -1;
  private static final int HALF_DAY = 12 * 60;

  private Clock() {}

  /** Whether two quantities are the same time, of which at least one says so. */
  static boolean same(Quantity said, Quantity wanted) {
    int one = minutes(said);
    int other = minutes(wanted);
    if (one == NONE || other == NONE || !(isTime(said) || isTime(wanted))) {
      return false;
    }
    boolean halfDay = hasHalf(said) && hasHalf(wanted);
    boolean late = one >= HALF_DAY && other >= HALF_DAY;
    return one == other
        || (!halfDay
            && !late
            && !is24(said)
            && !is24(wanted)
            && one % HALF_DAY == other % HALF_DAY);
  }

  /** "10.30 pm" and "half past ten" for 10:30 pm: the hour is right, the rest cannot be read. */
  static boolean sharesHour(Quantity said, Quantity wanted) {
    String number = said.numbers().getFirst();
    int point = number.indexOf('.');
    String hour = point < 0 ? number : number.substring(0, point);
    return said.shape() == Shape.ONE
        && wanted.shape() == Shape.COLON
        && isTime(wanted)
        && hour.equals(wanted.numbers().getFirst());
  }

  /** Whether it can be nothing but a time. */
  static boolean isTime(Quantity quantity) {
    return hasHalf(quantity)
        || "oclock".equals(quantity.unit())
        || (quantity.shape() == Shape.COLON && quantity.isTime());
  }

  private static boolean hasHalf(Quantity quantity) {
    return "am".equals(quantity.unit()) || "pm".equals(quantity.unit());
  }

  /** 14:00 and 0:30 leave no doubt about the half of the day. */
  private static boolean is24(Quantity quantity) {
    int hour = hour(quantity);
    return hour > 12 || (hour == 0 && !hasHalf(quantity));
  }

  private static int hour(Quantity quantity) {
    String number = quantity.numbers().getFirst();
    String hour = saysMinutes(quantity) ? number.substring(0, number.indexOf('.')) : number;
    boolean digits = hour.length() <= 2 && hour.chars().allMatch(Tokenizer::isDigit);
    return digits && !hour.isEmpty() ? Integer.parseInt(hour) : NONE;
  }

  /** "Three and a half" and "15.30 h" can be times; 3.5 is none. */
  private static boolean saysMinutes(Quantity quantity) {
    String places = quantity.places();
    if (quantity.shape() != Shape.ONE || quantity.numbers().getFirst().indexOf('.') < 0) {
      return false;
    }
    boolean part = places.endsWith("½") || places.endsWith("¼");
    return part || (quantity.unit() != null && places.matches("\\d{1,2}[.,][0-5]\\d"));
  }

  private static int minutesOf(String places) {
    return switch (places.charAt(places.length() - 1)) {
      case '½' -> 30;
      case '¼' -> 15;
      default -> Integer.parseInt(places.substring(places.length() - 2));
    };
  }

  /** Whether two numbers side by side can be a time: "15 30". */
  static boolean isMinute(String hour, String minutes) {
    boolean digits = (hour + minutes).chars().allMatch(Tokenizer::isDigit);
    return digits
        && minutes.length() == 2
        && Integer.parseInt(hour) <= 24
        && Integer.parseInt(minutes) < 60;
  }

  static boolean isHalf(String unit) {
    return unit.equals("am") || unit.equals("pm");
  }

  static boolean isUnit(String unit) {
    return unit.equals("minute") || unit.equals("hour");
  }

  private static int minutes(Quantity quantity) {
    String unit = quantity.unit();
    boolean time =
        unit == null
            || unit.equals("am")
            || unit.equals("pm")
            || unit.equals("oclock")
            || (unit.equals("hour") && (quantity.shape() == Shape.COLON || saysMinutes(quantity)));
    int hour = time ? hour(quantity) : NONE;
    int minute = 0;
    if (quantity.shape() == Shape.COLON) {
      String minutes = quantity.numbers().getLast();
      minute = minutes.length() <= 2 ? Integer.parseInt(minutes) : NONE;
    } else if (quantity.shape() != Shape.ONE) {
      return NONE;
    } else if (saysMinutes(quantity)) {
      minute = minutesOf(quantity.places());
    }
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || !quantity.sign().isEmpty()) {
      return NONE;
    }
    boolean pm = "pm".equals(quantity.unit()) && hour < 12;
    boolean midnight = "am".equals(quantity.unit()) && hour == 12;
    return (midnight ? 0 : hour) * 60 + minute + (pm ? HALF_DAY : 0);
  }
}
