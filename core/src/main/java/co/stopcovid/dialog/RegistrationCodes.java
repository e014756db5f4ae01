package co.stopcovid.dialog;

import java.util.Map;
import java.util.Set;

/** Says which registration codes are valid. */
public interface RegistrationCodes {
  /**
   * Asks for all codes at once.
   *
   * @return a verdict for every code; a service that does not answer gives {@link
   *     CodeVerdict.Unavailable}, one that has not answered yet {@link CodeVerdict.Pending}, and
   *     neither {@link CodeVerdict.Invalid}
   */
  Map<RegistrationCode, CodeVerdict> check(Set<RegistrationCode> codes);
}
