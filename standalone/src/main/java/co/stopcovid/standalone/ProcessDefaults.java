package co.stopcovid.standalone;

import java.util.Locale;
import java.util.TimeZone;

/**
 * What the platform takes from the machine's settings, and this program must not: numbers are
 * printed in digits that every program reads, also where the locale has others, and sessions at the
 * database are in UTC, also where the machine's time zone is one that PostgreSQL does not know.
 */
public final class ProcessDefaults {
  private ProcessDefaults() {}

  /** Once, before anything else. */
  public static void set() {
    Locale.setDefault(Locale.ROOT);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }
}
