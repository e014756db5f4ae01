package co.stopcovid.adapters.languages;

import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.drills.Keywords;

/** Refuses registration codes that no learner could ever register by, wherever they come in. */
public final class UsableCodes {
  private UsableCodes() {}

  /**
   * Reads a code that is to be given out.
   *
   * @throws IllegalArgumentException when it is none, or a keyword; the message does not hold it
   */
  public static RegistrationCode parse(String text) {
    var code = new RegistrationCode(text);
    Once.KEYWORDS
        .whyNoCode(code.value())
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(
                  "can never be used, because it " + reason + "; choose another code");
            });
    return code;
  }

  /** Made when the first code is read, by one thread. */
  private static final class Once {
    static final Keywords KEYWORDS = new Keywords(BuiltInLanguages.load());
  }
}
