package planted.stopcovid.dialog;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
final class KnowsRunning {
  private KnowsRunning() {}

  static boolean test(Object other) {
    return other instanceof planted.stopcovid.running.KnowsAdapters;
  }
}
