package planted.stopcovid.adapters;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
final class KnowsTestkit {
  private KnowsTestkit() {}

  static boolean test(Object other) {
    return other instanceof planted.stopcovid.testkit.PublicTestkit;
  }
}
