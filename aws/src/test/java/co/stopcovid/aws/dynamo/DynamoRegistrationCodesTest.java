package co.stopcovid.aws.dynamo;

import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.testkit.contract.RegistrationCodesContract;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoRegistrationCodesTest extends RegistrationCodesContract {
  /** Where something may go wrong. */
  protected DynamoDbClient client() {
    return TestDynamo.client();
  }

  @Override
  protected RegistrationCodes codes(Map<RegistrationCode, CodeVerdict.Valid> known) {
    var codes = new DynamoRegistrationCodes(client(), TestDynamo.newTables(), TestDynamo.NO_PAUSE);
    codes.put(known);
    return codes;
  }

  /** Of a table that is not there nothing can be read. */
  @Override
  protected Silent silent() {
    return new Silent(
        new DynamoRegistrationCodes(client(), Tables.of("nowhere"), TestDynamo.NO_PAUSE), false);
  }
}
