package co.stopcovid.adapters.inmemory;

import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.testkit.contract.RegistrationCodesContract;
import java.util.Map;

class InMemoryRegistrationCodesTest extends RegistrationCodesContract {
  @Override
  protected RegistrationCodes codes(Map<RegistrationCode, CodeVerdict.Valid> known) {
    return new InMemoryRegistrationCodes(known);
  }

  @Override
  protected Silent silent() {
    return new Silent(new InMemoryRegistrationCodes(Map.of()), true);
  }
}
