package planted.stopcovid.running;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
public final class KnowsAdapters {
  private KnowsAdapters() {}

  static boolean test(Object other) {
    return other instanceof planted.stopcovid.adapters.PublicAdapter;
  }
}
