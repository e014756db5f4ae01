package co.stopcovid.aws.dynamo;

import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.contract.EventHistoryContract;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoEventHistoryTest extends EventHistoryContract {
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
  protected EventHistory history() {
    return new DynamoEventHistory(client(), tables, versions, TestDynamo.NO_PAUSE);
  }

  @Override
  protected DrillVersions drillVersions() {
    return versions;
  }
}
