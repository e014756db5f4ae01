package co.stopcovid.dialog;

import co.stopcovid.drills.Keywords;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

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

  /** The codes that a message may mean, in any dress, the likeliest first; empty when none. */
  static List<RegistrationCode> in(String message, Keywords keywords) {
    if (message.length() > LONGEST) {
      return List.of();
    }
    // Only the compared form tells: a no-break space becomes nothing, some characters become many.
    return keywords.codesIn(message).stream()
        .map(RegistrationCode::compared)
        .filter(code -> !code.isEmpty() && code.length() <= LONGEST)
        .distinct()
        .map(RegistrationCode::new)
        .toList();
  }

  private static String compared(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "RegistrationCode[…]";
  }
}
