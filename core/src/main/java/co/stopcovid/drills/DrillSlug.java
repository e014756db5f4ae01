package co.stopcovid.drills;

/** The name of a drill in commands, events and reports, such as {@code 01-washing-your-hands}. */
public record DrillSlug(String value) implements Comparable<DrillSlug> {
  /**
   * @throws IllegalArgumentException when the text is not a slug
   */
  public DrillSlug {
    Slugs.check("drill", value);
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
