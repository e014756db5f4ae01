package co.stopcovid.drills;

/**
 * The name of a drill in commands, events and reports, such as {@code 01-washing-your-hands}: an
 * opaque key of 1 to 100 characters without control characters.
 */
public record DrillSlug(String value) implements Comparable<DrillSlug> {
  static final int LONGEST = 100;

  /**
   * @throws IllegalArgumentException when the text is not a slug
   */
  public DrillSlug {
    Slugs.check("drill", value, LONGEST);
  }

  @Override
  public int compareTo(DrillSlug other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
