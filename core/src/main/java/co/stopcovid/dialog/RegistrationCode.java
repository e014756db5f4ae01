package co.stopcovid.dialog;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** A registration code in its compared form: small letters, no white space around it. */
public record RegistrationCode(String value) {
  /** Longer texts are no codes, so that no service is asked about whole messages. */
  public static final int LONGEST = 100;

  /**
   * @throws IllegalArgumentException when the text is blank or too long
   */
  public RegistrationCode {
    value = compared(value);
    if (value.isEmpty() || value.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a registration code has 1 to %d characters".formatted(LONGEST));
    }
  }

  /** The code that a message may be; empty when it is none for sure. */
  static Optional<RegistrationCode> from(String message) {
    if (message.length() > LONGEST) {
      return Optional.empty();
    }
    // Only the compared form tells: a no-break space becomes nothing, some characters become many.
    String code = compared(message);
    return code.isEmpty() || code.length() > LONGEST
        ? Optional.empty()
        : Optional.of(new RegistrationCode(code));
  }

  private static String compared(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "RegistrationCode[…]";
  }
}
