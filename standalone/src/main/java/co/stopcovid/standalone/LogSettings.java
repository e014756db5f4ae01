package co.stopcovid.standalone;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How the log is written. A value that the logging library does not know would turn it off, or all
 * of it on, without a word.
 *
 * @param format {@code text}, or {@code json} for an object a line
 * @param level of this program's own messages
 */
record LogSettings(String format, String level) {
  private static final Set<String> FORMATS = Set.of("text", "json");
  private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

  /**
   * @throws UsageException when a variable has a value that cannot be
   */
  static LogSettings of(Map<String, String> environment) {
    String format = value(environment, "DIALOG_LOG", "text").toLowerCase(Locale.ROOT);
    String level = value(environment, "DIALOG_LOG_LEVEL", "INFO").toUpperCase(Locale.ROOT);
    if (!FORMATS.contains(format)) {
      throw new UsageException("DIALOG_LOG must be text or json");
    }
    if (!LEVELS.contains(level)) {
      throw new UsageException("DIALOG_LOG_LEVEL must be TRACE, DEBUG, INFO, WARN or ERROR");
    }
    return new LogSettings(format, level);
  }

  private static String value(Map<String, String> environment, String name, String otherwise) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? otherwise : value;
  }

  /** Before the first logger is made. */
  void apply() {
    System.setProperty("dialog.log", format);
    System.setProperty("dialog.log.level", level);
  }
}
