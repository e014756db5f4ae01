package planted.stopcovid.dialog;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
final class ReadsClock {
  private ReadsClock() {}

  static java.time.Instant test() {
    return java.time.Instant.now();
  }
}
