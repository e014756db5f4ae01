package planted.stopcovid.desk;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
final class KnowsRoot {
  private KnowsRoot() {}

  static boolean test(Object other) {
    return other instanceof planted.stopcovid.standalone.PublicRoot;
  }
}
