package co.stopcovid.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeBook;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.testkit.contract.CodeBookContract;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoCodeBookTest extends CodeBookContract {
  /** Where something may go wrong. */
  protected DynamoDbClient client() {
    return TestDynamo.client();
  }

  @Override
  protected CodeBook empty() {
    return new DynamoRegistrationCodes(client(), TestDynamo.newTables(), TestDynamo.NO_PAUSE);
  }

  @Test
  void moreThanATransactionTakesArePut() {
    Map<RegistrationCode, CodeVerdict.Valid> codes = new HashMap<>();
    for (int i = 0; i < 2 * DynamoRegistrationCodes.MOST_AT_ONCE + 1; i++) {
      codes.put(new RegistrationCode("code-" + i), new CodeVerdict.Valid(false, AccountInfo.NONE));
    }
    CodeBook book = empty();

    assertThat(book.put(codes)).isEqualTo(codes.size());
    assertThat(book.put(codes)).isZero();
    assertThat(book.page(null, 1_000)).hasSize(codes.size());
  }
}
