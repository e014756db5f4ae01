package co.stopcovid.adapters.registration;

import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;

/** A service elsewhere that knows the registration codes, and may take its time. */
@FunctionalInterface
public interface CodeService {
  /**
   * Asks about one code and waits for the answer, for a bounded time. Threads may share it.
   *
   * @return {@link CodeVerdict.Unavailable} when there is no answer
   */
  CodeVerdict ask(RegistrationCode code) throws InterruptedException;
}
