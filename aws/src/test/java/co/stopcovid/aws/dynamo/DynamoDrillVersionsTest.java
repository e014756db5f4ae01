package co.stopcovid.aws.dynamo;

import co.stopcovid.drills.DrillVersions;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.contract.DrillVersionsContract;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoDrillVersionsTest extends DrillVersionsContract {
  /** Where something may go wrong. */
  protected DynamoDbClient client() {
    return TestDynamo.client();
  }

  private final Tables tables = TestDynamo.newTables();

  private final DrillVersions versions =
      new DynamoDrillVersions(client(), tables, Samples.TABLES, TestDynamo.NO_PAUSE);

  @Override
  protected DrillVersions versions() {
    return versions;
  }

  @Override
  protected DrillVersions secondVersions() {
    return new DynamoDrillVersions(client(), tables, Samples.TABLES, TestDynamo.NO_PAUSE);
  }
}
