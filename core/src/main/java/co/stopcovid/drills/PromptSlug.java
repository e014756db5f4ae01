package co.stopcovid.drills;

/**
 * The name of a prompt, unique in its drill: an opaque key without control characters. There is
 * room for {@code drill/prompt}, which is what a prompt is called outside its drill.
 */
public record PromptSlug(String value) {
  private static final int LONGEST = 2 * DrillSlug.LONGEST + 1;

  /**
   * @throws IllegalArgumentException when the text is not a slug
   */
  public PromptSlug {
    Slugs.check("prompt", value, LONGEST);
  }

  @Override
  public String toString() {
    return value;
  }
}
