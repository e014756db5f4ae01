package co.stopcovid.testkit.simulation;

import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A registration service that is silent at times, and remembers about what. */
final class SimulatedRegistration implements RegistrationCodes {
  private static final Map<RegistrationCode, CodeVerdict> CODES =
      Map.of(
          new RegistrationCode("acme"),
          new CodeVerdict.Valid(false, AccountInfo.of(Map.of("company", "Acme"))),
          new RegistrationCode("demo"),
          new CodeVerdict.Valid(true, AccountInfo.NONE));

  private final Set<RegistrationCode> unanswered = new HashSet<>();
  private boolean silent;

  void silent(boolean now) {
    silent = now;
  }

  boolean isSilent() {
    return silent;
  }

  static CodeVerdict verdict(RegistrationCode code) {
    return CODES.getOrDefault(code, new CodeVerdict.Invalid());
  }

  /** Whether the service ever was silent about this code. */
  boolean wasSilentAbout(RegistrationCode code) {
    return unanswered.contains(code);
  }

  @Override
  public Map<RegistrationCode, CodeVerdict> check(Set<RegistrationCode> codes) {
    Map<RegistrationCode, CodeVerdict> verdicts = new HashMap<>();
    for (RegistrationCode code : codes) {
      if (silent) {
        unanswered.add(code);
      }
      verdicts.put(code, silent ? new CodeVerdict.Unavailable("no answer") : verdict(code));
    }
    return verdicts;
  }
}
