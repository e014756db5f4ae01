package co.stopcovid.adapters.inmemory;

import co.stopcovid.dialog.CodeBook;
import co.stopcovid.testkit.contract.CodeBookContract;
import java.util.Map;

class InMemoryCodeBookTest extends CodeBookContract {
  @Override
  protected CodeBook empty() {
    return new InMemoryRegistrationCodes(Map.of());
  }
}
