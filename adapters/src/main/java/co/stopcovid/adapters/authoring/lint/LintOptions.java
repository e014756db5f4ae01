package co.stopcovid.adapters.authoring.lint;

/**
 * What an organisation allows itself.
 *
 * @param mostSegments SMS segments that one message may take, in any language
 * @param mostChoices choices that one question may list
 */
public record LintOptions(int mostSegments, int mostChoices) {
  public static final LintOptions DEFAULT = new LintOptions(3, 6);

  /**
   * @throws IllegalArgumentException when nothing would be allowed
   */
  public LintOptions {
    if (mostSegments < 1 || mostChoices < 2) {
      throw new IllegalArgumentException(
          "a message needs 1 segment and a question 2 choices at least");
    }
  }
}
