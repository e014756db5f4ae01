package co.stopcovid.adapters.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/**
 * Times as {@code 2026-11-22T10:15:30.123Z}: UTC, always three fractional digits, so that they sort
 * as text. A formatter would take most of the time that encoding a batch takes.
 */
final class Timestamps {
  private static final DateTimeFormatter ANY_YEAR =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
  private static final int LENGTH = 24;
  private static final String SHAPE = "dddd-dd-ddTdd:dd:dd.dddZ";

  private Timestamps() {}

  static String format(Instant time) {
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
    if (utc.getYear() < 0 || utc.getYear() > 9999) {
      return ANY_YEAR.format(time);
    }
    var text = new byte[LENGTH];
    digits(text, 0, 4, utc.getYear());
    text[4] = '-';
    digits(text, 5, 2, utc.getMonthValue());
    text[7] = '-';
    digits(text, 8, 2, utc.getDayOfMonth());
    text[10] = 'T';
    digits(text, 11, 2, utc.getHour());
    text[13] = ':';
    digits(text, 14, 2, utc.getMinute());
    text[16] = ':';
    digits(text, 17, 2, utc.getSecond());
    text[19] = '.';
    digits(text, 20, 3, utc.getNano() / 1_000_000);
    text[23] = 'Z';
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void digits(byte[] text, int from, int count, int value) {
    int rest = value;
    for (int i = from + count - 1; i >= from; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /**
   * Reads any ISO instant, and fast those in the form that {@link #format} writes.
   *
   * @throws java.time.DateTimeException when the text is none
   */
  static Instant parse(String text) {
    if (!hasShape(text)) {
      return Instant.parse(text);
    }
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19),
            number(text, 20, 23) * 1_000_000)
        .toInstant(ZoneOffset.UTC);
  }

  private static boolean hasShape(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean fits = SHAPE.charAt(i) == 'd' ? c >= '0' && c <= '9' : c == SHAPE.charAt(i);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
