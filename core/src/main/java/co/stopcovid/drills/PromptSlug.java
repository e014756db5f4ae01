package co.stopcovid.drills;

/** The name of a prompt, unique in its drill. */
public record PromptSlug(String value) {
  /**
   * @throws IllegalArgumentException when the text is not a slug
   */
  public PromptSlug {
    Slugs.check("prompt", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
