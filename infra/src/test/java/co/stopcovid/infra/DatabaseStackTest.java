package co.stopcovid.infra;

import static co.stopcovid.infra.Resources.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.postgres.DatabaseRole;
import co.stopcovid.infra.Resources.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DatabaseStackTest {
  private final Resources database = Synthesis.usual().stack("database");

  @Test
  void auroraIsEncryptedBackedUpAndProtected() {
    Resource cluster = database.ofType("AWS::RDS::DBCluster").getFirst();
    assertThat(cluster.at("Engine")).isEqualTo("aurora-postgresql");
    assertThat(cluster.at("StorageEncrypted")).isEqualTo(true);
    assertThat(cluster.at("BackupRetentionPeriod")).isEqualTo(14);
    assertThat(cluster.at("DeletionProtection")).isEqualTo(true);
    assertThat(cluster.whole().get("DeletionPolicy")).isEqualTo("Retain");
    assertThat(cluster.at("ServerlessV2ScalingConfiguration"))
        .isEqualTo(Map.of("MinCapacity", 0.5, "MaxCapacity", 8));
    assertThat(database.ofType("AWS::RDS::DBInstance"))
        .hasSize(1)
        .allSatisfy(
            instance -> {
              assertThat(instance.at("DBInstanceClass")).isEqualTo("db.serverless");
              assertThat(instance.at("PubliclyAccessible")).isIn("", false);
            });
  }

  @Test
  void functionsReachTheProxyAndOnlyTheProxyReachesAurora() {
    assertThat(database.ofType("AWS::RDS::DBProxy"))
        .hasSize(1)
        .allSatisfy(proxy -> assertThat(proxy.at("RequireTLS")).isEqualTo(true));
    Set<String> ways =
        database.ofType("AWS::EC2::SecurityGroupIngress").stream()
            .map(
                rule ->
                    group(rule.textAt("SourceSecurityGroupId"))
                        + " to "
                        + group(rule.textAt("GroupId")))
            .collect(Collectors.toSet());
    assertThat(ways)
        .containsExactlyInAnyOrder("functions to proxyaccess", "proxyaccess to databaseaccess");
    assertThat(database.ofType("AWS::EC2::SecurityGroup"))
        .allSatisfy(group -> assertThat(group.at("SecurityGroupIngress")).isEqualTo(""));
  }

  private static String group(String reference) {
    return reference.replaceFirst("^\\{", "").replaceFirst("[0-9A-F]{8}\\.GroupId}$", "");
  }

  @Test
  void whatIsReadMostDoesNotPassTheGatewayThatCosts() {
    List<String> endpoints =
        database.ofType("AWS::EC2::VPCEndpoint").stream()
            .map(endpoint -> text(endpoint.at("ServiceName")))
            .toList();
    assertThat(endpoints)
        .containsExactlyInAnyOrder("com.amazonaws.region.dynamodb", "com.amazonaws.region.s3");
    assertThat(database.ofType("AWS::EC2::NatGateway")).hasSize(1);
  }

  /** The names are those by which the program gives rights. */
  @Test
  void eachGroupOfFunctionsHasAUserWithASecretThatTheProxyKnows() {
    Set<String> users =
        database.ofType("AWS::SecretsManager::Secret").stream()
            .map(secret -> secret.textAt("Name"))
            .filter(name -> name.startsWith("dialog/test/database-"))
            .map(name -> name.replaceFirst(".*database-", "").replace('-', '_'))
            .collect(Collectors.toSet());
    assertThat(users)
        .isEqualTo(
            DatabaseRole.all().stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet()));
    Resource proxy = database.ofType("AWS::RDS::DBProxy").getFirst();
    assertThat((List<?>) proxy.at("Auth")).hasSize(users.size() + 1);
  }

  @Test
  void aStandbyIsASecondInstance() {
    Resources two = Synthesis.with(Map.of("aurora_standby", "true")).stack("database");
    assertThat(two.ofType("AWS::RDS::DBInstance")).hasSize(2);
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> Synthesis.with(Map.of("shards", "none")))
        .hasMessage("shards is no number");
    assertThatThrownBy(() -> Synthesis.with(Map.of("aurora_min_acu", "9")))
        .hasMessage("aurora_min_acu is above aurora_max_acu");
    assertThatThrownBy(() -> Synthesis.with(Map.of("rules", Map.of("DIALOG_SMS_GAPS", "1s"))))
        .hasMessageStartingWith("rules holds DIALOG_SMS_GAPS, which no function reads");
    assertThatThrownBy(() -> new Names("Prod")).hasMessageContaining("such as prod: Prod");
  }
}
