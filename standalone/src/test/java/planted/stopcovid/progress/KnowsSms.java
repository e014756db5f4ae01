package planted.stopcovid.progress;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
final class KnowsSms {
  private KnowsSms() {}

  static boolean test(Object other) {
    return other instanceof planted.stopcovid.sms.PublicSms;
  }
}
