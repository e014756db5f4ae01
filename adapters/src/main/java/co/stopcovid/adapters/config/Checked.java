package co.stopcovid.adapters.config;

/**
 * What trying a setting came to.
 *
 * @param what was tried, in a word or two
 * @param isFine false when the service would not work with it as it is
 * @param sentence what was found, or what is wrong and what to do
 */
public record Checked(String what, boolean isFine, String sentence) {
  public static Checked fine(String what, String sentence) {
    return new Checked(what, true, sentence);
  }

  public static Checked wrong(String what, String sentence) {
    return new Checked(what, false, sentence);
  }

  /** As a line for people. */
  public String line() {
    return "%-6s %s: %s".formatted(isFine ? "ok" : "wrong", what, sentence);
  }
}
