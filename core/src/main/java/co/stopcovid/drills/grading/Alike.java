package co.stopcovid.drills.grading;

/**
 * Two options of a prompt that are hardly different.
 *
 * @param one the label of the first
 * @param other the label of the second
 */
public record Alike(String one, String other, How how) {
  /** What two options have in common. */
  public enum How {
    /** Their words are the same: no reply can tell them apart. */
    SAME,
    /** Their words are the same but for spaces and hyphens. */
    JOINED,
    /** They have the same words in another order. */
    ORDER,
    /** They are one letter apart, like a slip of the finger. */
    LETTER
  }

  /** Whether no reply in words can name one of them alone. */
  public boolean isSame() {
    return how == How.SAME || how == How.JOINED;
  }
}
