package co.stopcovid.drills.grading;

import org.jspecify.annotations.Nullable;

/**
 * What a reply was judged to be.
 *
 * @param reason why, in plain English, for authors and operators; never shown to a learner
 * @param choice the label of the option that the reply names, such as {@code c}; null: it names
 *     none
 */
public record Verdict(Value value, String reason, @Nullable String choice) {
  /** Right, wrong, or to be asked again because neither can be told. */
  public enum Value {
    RIGHT,
    WRONG,
    NOT_UNDERSTOOD
  }

  public static Verdict right(String reason, @Nullable String choice) {
    return new Verdict(Value.RIGHT, reason, choice);
  }

  public static Verdict wrong(String reason, @Nullable String choice) {
    return new Verdict(Value.WRONG, reason, choice);
  }

  public static Verdict notUnderstood(String reason, @Nullable String choice) {
    return new Verdict(Value.NOT_UNDERSTOOD, reason, choice);
  }

  public static Verdict right(String reason) {
    return right(reason, null);
  }

  public static Verdict wrong(String reason) {
    return wrong(reason, null);
  }

  public static Verdict notUnderstood(String reason) {
    return notUnderstood(reason, null);
  }

  public boolean correct() {
    return value == Value.RIGHT;
  }

  public boolean understood() {
    return value != Value.NOT_UNDERSTOOD;
  }
}
