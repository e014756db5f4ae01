package planted.stopcovid.dialog;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
final class LogsWithJavaLogging {
  private LogsWithJavaLogging() {}

  static boolean test(Object other) {
    return other instanceof java.util.logging.Logger;
  }
}
