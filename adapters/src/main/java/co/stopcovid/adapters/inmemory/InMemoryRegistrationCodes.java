package co.stopcovid.adapters.inmemory;

import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A fixed list of registration codes. It always answers. */
public final class InMemoryRegistrationCodes implements RegistrationCodes {
  private static final CodeVerdict INVALID = new CodeVerdict.Invalid();

  private final Map<RegistrationCode, CodeVerdict.Valid> codes;

  public InMemoryRegistrationCodes(Map<RegistrationCode, CodeVerdict.Valid> codes) {
    this.codes = Map.copyOf(codes);
  }

  @Override
  public Map<RegistrationCode, CodeVerdict> check(Set<RegistrationCode> asked) {
    Map<RegistrationCode, CodeVerdict> verdicts = HashMap.newHashMap(asked.size());
    for (RegistrationCode code : asked) {
      CodeVerdict.Valid valid = codes.get(code);
      verdicts.put(code, valid == null ? INVALID : valid);
    }
    return verdicts;
  }
}
