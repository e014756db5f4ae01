package planted.stopcovid.sms;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
final class ThrowsDice {
  private ThrowsDice() {}

  static double test() {
    return Math.random();
  }
}
