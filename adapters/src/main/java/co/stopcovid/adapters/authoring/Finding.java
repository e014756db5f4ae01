package co.stopcovid.adapters.authoring;

/**
 * Something about the content that its author should know.
 *
 * @param reason what is wrong
 * @param fix what to do about it
 */
public record Finding(Severity severity, Place place, String reason, String fix) {
  /** How much it matters. */
  public enum Severity {
    /** The content cannot be taught from. */
    ERROR,
    /** It can be taught from, but some learner will be worse off. */
    WARNING
  }

  public static Finding error(Place place, String reason, String fix) {
    return new Finding(Severity.ERROR, place, reason, fix);
  }

  public static Finding warning(Place place, String reason, String fix) {
    return new Finding(Severity.WARNING, place, reason, fix);
  }
}
