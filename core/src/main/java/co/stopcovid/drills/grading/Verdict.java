package co.stopcovid.drills.grading;

/**
 * What a reply was judged to be.
 *
 * @param reason why, in plain English, for authors and operators; never shown to a learner
 */
public record Verdict(boolean correct, String reason) {
  public static Verdict right(String reason) {
    return new Verdict(true, reason);
  }

  public static Verdict wrong(String reason) {
    return new Verdict(false, reason);
  }
}
