package co.stopcovid.desk;

/**
 * Why something was not done, for the one who asked.
 *
 * @param place the name of what is wrong in the request, such as {@code drill_slug}; empty for the
 *     request as a whole
 * @param reason a sentence without a capital and a full stop
 */
public record Refusal(Kind kind, String place, String reason) {
  /** What stands in the way. */
  public enum Kind {
    /** The one who asks may not. */
    NOT_ALLOWED,
    /** It can never be. */
    INVALID,
    /** What it is about is not there. */
    UNKNOWN,
    /** It cannot be as things are. */
    CONFLICT,
    /** What it is about is not of a kind that it can be done with. */
    IMPOSSIBLE
  }

  static Refusal invalid(String place, String reason) {
    return new Refusal(Kind.INVALID, place, reason);
  }

  static Refusal unknown(String reason) {
    return new Refusal(Kind.UNKNOWN, "", reason);
  }

  static Refusal conflict(String place, String reason) {
    return new Refusal(Kind.CONFLICT, place, reason);
  }

  /** Below a place of the request, such as {@code payload}. */
  public Refusal below(String outer) {
    return place.isEmpty() ? this : new Refusal(kind, outer + "." + place, reason);
  }

  /** With its place: {@code drill_slug: there is no drill 99-none}. */
  public String sentence() {
    return place.isEmpty() ? reason : place + ": " + reason;
  }
}
