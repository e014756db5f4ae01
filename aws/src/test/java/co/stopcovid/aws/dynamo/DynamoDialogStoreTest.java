package co.stopcovid.aws.dynamo;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.contract.DialogStoreContract;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoDialogStoreTest extends DialogStoreContract {
  /** Where something may go wrong. */
  protected DynamoDbClient client() {
    return TestDynamo.client();
  }

  private final Tables tables = TestDynamo.newTables();

  private final DrillVersions versions =
      new DynamoDrillVersions(client(), tables, Samples.TABLES, TestDynamo.NO_PAUSE);

  @Override
  protected DialogStore store() {
    return new DynamoDialogStore(client(), tables, versions, TestDynamo.NO_PAUSE);
  }

  @Override
  protected DialogStore secondStore() {
    return new DynamoDialogStore(
        client(),
        tables,
        new DynamoDrillVersions(client(), tables, Samples.TABLES, TestDynamo.NO_PAUSE),
        TestDynamo.NO_PAUSE);
  }

  @Override
  protected EventHistory history() {
    return new DynamoEventHistory(client(), tables, versions, TestDynamo.NO_PAUSE);
  }

  @Override
  protected DrillVersions drillVersions() {
    return versions;
  }

  @Override
  protected boolean makeUnreadable(PhoneNumber phone) {
    TestDynamo.client()
        .updateItem(
            update ->
                update
                    .tableName(tables.dialogStates())
                    .key(Map.of(DialogStateItems.PHONE, Attributes.text(phone.value())))
                    .updateExpression("set #state = :broken")
                    .expressionAttributeNames(Map.of("#state", DialogStateItems.STATE))
                    .expressionAttributeValues(Map.of(":broken", Attributes.text("{}"))));
    return true;
  }
}
