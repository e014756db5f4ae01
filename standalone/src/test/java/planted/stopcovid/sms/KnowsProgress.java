package planted.stopcovid.sms;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
final class KnowsProgress {
  private KnowsProgress() {}

  static boolean test(Object other) {
    return other instanceof planted.stopcovid.progress.PublicProgress;
  }
}
