package co.stopcovid.adapters.postgres;

import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.testkit.contract.RegistrationCodesContract;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

class PostgresRegistrationCodesTest extends RegistrationCodesContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  @Override
  protected RegistrationCodes codes(Map<RegistrationCode, CodeVerdict.Valid> known) {
    POSTGRES.execute("truncate registration_codes");
    var codes = new PostgresRegistrationCodes(POSTGRES.database);
    codes.put(known);
    return codes;
  }

  @Override
  protected Silent silent() {
    var closed = new TestDatabase();
    closed.close();
    return new Silent(new PostgresRegistrationCodes(closed.database), false);
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}
