package co.stopcovid.infra;

import static co.stopcovid.infra.Resources.at;
import static co.stopcovid.infra.Resources.text;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.aws.dynamo.TableSchema;
import co.stopcovid.aws.dynamo.Tables;
import co.stopcovid.infra.Resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class DataStackTest {
  private final Resources data = Synthesis.usual().stack("data");

  @Test
  void tablesAreThoseThatTheFunctionsUse() {
    var expected = new TreeMap<String, Map<String, Object>>();
    for (TableSchema schema : Tables.of(Synthesis.STAGE).schemas()) {
      expected.put(schema.name(), expected(schema));
    }
    var tables = new TreeMap<String, Map<String, Object>>();
    for (Resource table : data.ofType("AWS::DynamoDB::Table")) {
      tables.put(table.textAt("TableName"), actual(table));
    }

    assertThat(tables).isEqualTo(expected);
  }

  private static Map<String, Object> expected(TableSchema schema) {
    var attributes = new TreeMap<String, String>();
    List<Object> keys = new ArrayList<>();
    keys.add(key(schema.partitionKey(), "HASH", attributes));
    schema.sort().ifPresent(key -> keys.add(key(key, "RANGE", attributes)));
    List<Object> indexes = new ArrayList<>();
    TableSchema.Index index = schema.index();
    if (index != null) {
      indexes.add(
          List.of(
              index.name(),
              List.of(
                  key(index.partitionKey(), "HASH", attributes),
                  key(index.sortKey(), "RANGE", attributes)),
              "ALL"));
    }
    String expiry = schema.expiry();
    return Map.of(
        "keys", keys,
        "attributes", attributes,
        "expiry", expiry == null ? "" : expiry,
        "stream", schema.stream() ? "NEW_IMAGE" : "",
        "indexes", indexes);
  }

  private static Object key(TableSchema.Key key, String role, Map<String, String> attributes) {
    attributes.put(
        key.name(),
        switch (key.type()) {
          case TEXT -> "S";
          case NUMBER -> "N";
        });
    return Map.of("AttributeName", key.name(), "KeyType", role);
  }

  private static Map<String, Object> actual(Resource table) {
    var attributes = new TreeMap<String, String>();
    for (Object attribute : (List<?>) table.at("AttributeDefinitions")) {
      attributes.put(text(at(attribute, "AttributeName")), text(at(attribute, "AttributeType")));
    }
    List<Object> indexes = new ArrayList<>();
    if (table.at("GlobalSecondaryIndexes") instanceof List<?> list) {
      for (Object index : list) {
        indexes.add(
            List.of(
                at(index, "IndexName"),
                at(index, "KeySchema"),
                at(index, "Projection", "ProjectionType")));
      }
    }
    return Map.of(
        "keys", table.at("KeySchema"),
        "attributes", attributes,
        "expiry", table.at("TimeToLiveSpecification", "AttributeName"),
        "stream", table.at("StreamSpecification", "StreamViewType"),
        "indexes", indexes);
  }

  @Test
  void everyTableIsOnDemandRecoverableAndProtected() {
    assertThat(data.ofType("AWS::DynamoDB::Table"))
        .hasSize(7)
        .allSatisfy(
            table -> {
              assertThat(table.at("BillingMode")).isEqualTo("PAY_PER_REQUEST");
              assertThat(table.at("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"))
                  .isEqualTo(true);
              assertThat(table.at("DeletionProtectionEnabled")).isEqualTo(true);
              assertThat(table.whole().get("DeletionPolicy")).isEqualTo("Retain");
            });
  }

  @Test
  void commandStreamKeepsAWeek() {
    Template template = data.template();
    template.resourceCountIs("AWS::Kinesis::Stream", 1);
    template.hasResource(
        "AWS::Kinesis::Stream",
        Map.of(
            "Properties",
            Map.of(
                "Name",
                "command-stream-test",
                "ShardCount",
                1,
                "RetentionPeriodHours",
                168,
                "StreamEncryption",
                Match.objectLike(Map.of("EncryptionType", "KMS"))),
            "DeletionPolicy",
            "Retain"));
  }

  @Test
  void queuesAreThoseOfTheDesign() {
    assertThat(new TreeSet<>(data.by("QueueName", "AWS::SQS::Queue").keySet()))
        .containsExactly(
            "codes-to-check-dead-test",
            "codes-to-check-test",
            "delivery-reports-dead-test",
            "delivery-reports-test",
            "failed-commands-test",
            "failed-events-test",
            "message-log-dead-test",
            "message-log-test",
            "outbound-sms-dead-test.fifo",
            "outbound-sms-test.fifo",
            "sms-wake-dead-test",
            "sms-wake-test");
  }

  @Test
  void everyQueueKeepsItsMessagesForTwoWeeksSaveWakeUpsAndIsEncrypted() {
    assertThat(data.ofType("AWS::SQS::Queue"))
        .allSatisfy(
            queue -> {
              boolean isWake = queue.textAt("QueueName").equals("sms-wake-test");
              assertThat(queue.at("MessageRetentionPeriod"))
                  .isEqualTo(isWake ? 20 * 60 : 14 * 24 * 3600);
              assertThat(queue.at("SqsManagedSseEnabled")).isEqualTo(true);
              assertThat(queue.whole().get("DeletionPolicy")).isEqualTo("Retain");
            });
  }

  @Test
  void anOutageOfADayMovesNothingToTheDeadLetters() {
    for (String name : DataQueues.CONSUMED) {
      Resource queue = queue(DataQueues.name(new Names("test"), name));
      Resource dead = queue(DataQueues.deadName(new Names("test"), name));
      assertThat(queue.textAt("RedrivePolicy", "deadLetterTargetArn"))
          .isEqualTo("{%s.Arn}".formatted(dead.id()));
      int seconds =
          ((Number) queue.at("VisibilityTimeout")).intValue()
              * ((Number) queue.at("RedrivePolicy", "maxReceiveCount")).intValue();
      if (!name.equals(DataQueues.WAKE)) {
        assertThat(seconds).as(name).isGreaterThan(24 * 3600);
      }
    }
  }

  @Test
  void outboundQueueIsFifoAtHighThroughputWithoutContentDeduplication() {
    data.template()
        .hasResourceProperties(
            "AWS::SQS::Queue",
            Match.objectLike(
                Map.of(
                    "QueueName",
                    "outbound-sms-test.fifo",
                    "FifoQueue",
                    true,
                    "ContentBasedDeduplication",
                    false,
                    "DeduplicationScope",
                    "messageGroup",
                    "FifoThroughputLimit",
                    "perMessageGroupId")));
  }

  @Test
  void bucketsArePrivateVersionedAndSpokenToByTlsOnly() {
    assertThat(data.by("BucketName", "AWS::S3::Bucket").keySet())
        .containsExactlyInAnyOrder(
            "dialog-content-test-account-region", "dialog-failures-test-account-region");
    assertThat(data.ofType("AWS::S3::Bucket"))
        .allSatisfy(
            bucket -> {
              assertThat(bucket.at("VersioningConfiguration", "Status")).isEqualTo("Enabled");
              assertThat((Map<?, ?>) bucket.at("PublicAccessBlockConfiguration"))
                  .hasSize(4)
                  .allSatisfy((name, value) -> assertThat(value).isEqualTo(true));
            });
    assertThat(data.ofType("AWS::S3::BucketPolicy"))
        .hasSize(2)
        .allSatisfy(
            policy ->
                assertThat(policy.at("PolicyDocument").toString())
                    .contains("Effect=Deny")
                    .contains("aws:SecureTransport=false"));
  }

  @Test
  void secretsHaveTheirFieldsAndNoValues() {
    assertThat(data.ofType("AWS::SecretsManager::Secret")).hasSize(2);
    assertThat(secret("dialog/test/twilio"))
        .isEqualTo(
            "{\"account_sid\":\"\",\"auth_token\":\"\",\"auth_token_secondary\":\"\","
                + "\"messaging_service_sid\":\"\"}");
    assertThat(secret("dialog/test/registration")).isEqualTo("{\"url\":\"\",\"key\":\"\"}");
  }

  @Test
  void aStageToThrowAwayKeepsNothing() {
    Resources thrown = Synthesis.with(Map.of("retain", "false")).stack("data");
    assertThat(thrown.all())
        .filteredOn(resource -> resource.whole().containsKey("DeletionPolicy"))
        .isNotEmpty()
        .allSatisfy(
            resource -> assertThat(at(resource.whole(), "DeletionPolicy")).isEqualTo("Delete"));
  }

  private Resource queue(String name) {
    return data.one("AWS::SQS::Queue", "QueueName", name);
  }

  private Object secret(String name) {
    return data.one("AWS::SecretsManager::Secret", "Name", name).at("SecretString");
  }
}
