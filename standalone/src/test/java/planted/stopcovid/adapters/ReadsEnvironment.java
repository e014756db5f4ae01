package planted.stopcovid.adapters;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
final class ReadsEnvironment {
  private ReadsEnvironment() {}

  static int test() {
    return System.getenv().size();
  }
}
