package co.stopcovid.infra;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.rds.AuroraPostgresClusterEngineProps;
import software.amazon.awscdk.services.rds.AuroraPostgresEngineVersion;
import software.amazon.awscdk.services.rds.BackupProps;
import software.amazon.awscdk.services.rds.ClientPasswordAuthType;
import software.amazon.awscdk.services.rds.ClusterInstance;
import software.amazon.awscdk.services.rds.Credentials;
import software.amazon.awscdk.services.rds.CredentialsBaseOptions;
import software.amazon.awscdk.services.rds.DatabaseCluster;
import software.amazon.awscdk.services.rds.DatabaseClusterEngine;
import software.amazon.awscdk.services.rds.DatabaseProxy;
import software.amazon.awscdk.services.rds.DatabaseSecret;
import software.amazon.awscdk.services.rds.ProxyTarget;
import software.amazon.awscdk.services.rds.ServerlessV2ClusterInstanceProps;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.Construct;

/**
 * The network of the functions that need it; in it Aurora PostgreSQL Serverless v2 and its proxy.
 */
final class DatabaseStack extends Stack {
  static final String DATABASE = "dialog";
  static final int PORT = 5432;

  /**
   * The log tells what failed and never with what: a statement, and the detail of an error, can
   * hold a learner's number, name or text.
   */
  private static final Map<String, String> QUIET_LOG =
      Map.of(
          "log_statement", "none",
          "log_min_duration_statement", "-1",
          "log_min_error_statement", "panic",
          "log_error_verbosity", "terse",
          "log_parameter_max_length", "0",
          "log_parameter_max_length_on_error", "0");

  private final Vpc vpc;
  private final SecurityGroup functions;
  private final DatabaseCluster cluster;
  private final Map<DatabaseUser, ISecret> users = new EnumMap<>(DatabaseUser.class);
  private final DatabaseProxy proxy;

  DatabaseStack(Construct scope, StageSettings settings) {
    super(
        scope,
        settings.names().stack("database"),
        StackProps.builder()
            .description("Dialog Engine: network and Aurora PostgreSQL")
            .terminationProtection(settings.retain())
            .build());
    vpc = network(settings);
    functions = securityGroup("functions", "Functions that use the database");
    SecurityGroup between = securityGroup("proxy-access", "The proxy of the database");
    SecurityGroup database = securityGroup("database-access", "The database");
    allow(functions, between);
    allow(between, database);
    functions.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "To AWS and the SMS provider");
    cluster = cluster(settings, database);
    for (DatabaseUser user : DatabaseUser.values()) {
      users.put(user, secretOf(user, settings));
    }
    proxy = proxy(settings, between);
  }

  Vpc vpc() {
    return vpc;
  }

  static SubnetSelection functionSubnets() {
    return SubnetSelection.builder().subnetGroupName("functions").build();
  }

  SecurityGroup functionsGroup() {
    return functions;
  }

  /** Of the proxy, which all functions go through. */
  String host() {
    return proxy.getEndpoint();
  }

  /** Of who owns the database. */
  String secretArn() {
    return secret().getSecretArn();
  }

  String secretArn(DatabaseUser user) {
    ISecret secret = users.get(user);
    if (secret == null) {
      throw new IllegalStateException("no secret of " + user);
    }
    return secret.getSecretArn();
  }

  private ISecret secretOf(DatabaseUser user, StageSettings settings) {
    var secret =
        DatabaseSecret.Builder.create(this, "user-" + user.id())
            .secretName(settings.names().databaseSecret(user))
            .username(user.login())
            .build();
    // What is lost is made anew by the next deployment.
    secret.applyRemovalPolicy(RemovalPolicy.DESTROY);
    return secret;
  }

  private ISecret secret() {
    ISecret secret = cluster.getSecret();
    if (secret == null) {
      throw new IllegalStateException("the cluster has no secret");
    }
    return secret;
  }

  private static void allow(SecurityGroup from, SecurityGroup to) {
    from.addEgressRule(to, Port.tcp(PORT), "PostgreSQL");
    to.addIngressRule(from, Port.tcp(PORT), "PostgreSQL");
  }

  private Vpc network(StageSettings settings) {
    Vpc network =
        Vpc.Builder.create(this, "network")
            .maxAzs(2)
            .natGateways(settings.natGateways())
            .restrictDefaultSecurityGroup(false)
            .subnetConfiguration(
                List.of(
                    subnets("public", SubnetType.PUBLIC, 24),
                    // An environment takes no address of its own: those of a group share a few.
                    subnets("functions", SubnetType.PRIVATE_WITH_EGRESS, 20),
                    subnets("database", SubnetType.PRIVATE_ISOLATED, 24)))
            .build();
    // These two cost nothing, and what is read and written most does not go through the gateway.
    network.addGatewayEndpoint(
        "dynamodb",
        GatewayVpcEndpointOptions.builder().service(GatewayVpcEndpointAwsService.DYNAMODB).build());
    network.addGatewayEndpoint(
        "s3", GatewayVpcEndpointOptions.builder().service(GatewayVpcEndpointAwsService.S3).build());
    return network;
  }

  private static SubnetConfiguration subnets(String name, SubnetType type, int mask) {
    return SubnetConfiguration.builder().name(name).subnetType(type).cidrMask(mask).build();
  }

  private SecurityGroup securityGroup(String id, String description) {
    return SecurityGroup.Builder.create(this, id)
        .vpc(vpc)
        .description(description)
        .allowAllOutbound(false)
        .build();
  }

  private DatabaseCluster cluster(StageSettings settings, SecurityGroup access) {
    var aurora =
        DatabaseCluster.Builder.create(this, "aurora")
            .clusterIdentifier(settings.names().cluster())
            .engine(
                DatabaseClusterEngine.auroraPostgres(
                    AuroraPostgresClusterEngineProps.builder()
                        .version(AuroraPostgresEngineVersion.VER_17_7)
                        .build()))
            .defaultDatabaseName(DATABASE)
            .port(PORT)
            .credentials(
                Credentials.fromGeneratedSecret(
                    "dialog",
                    CredentialsBaseOptions.builder()
                        .secretName(settings.names().databaseSecret())
                        .build()))
            .serverlessV2MinCapacity(settings.leastCapacity())
            .serverlessV2MaxCapacity(settings.mostCapacity())
            .writer(ClusterInstance.serverlessV2("writer"))
            .vpc(vpc)
            .vpcSubnets(SubnetSelection.builder().subnetGroupName("database").build())
            .securityGroups(List.of(access))
            .storageEncrypted(true)
            .backup(BackupProps.builder().retention(Duration.days(14)).build())
            .copyTagsToSnapshot(true)
            .cloudwatchLogsExports(List.of("postgresql"))
            .parameters(QUIET_LOG)
            .deletionProtection(settings.retain())
            .removalPolicy(settings.retain() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    if (settings.standby()) {
      // In the first tier of failover, so it grows with the writer and can take over at any load.
      aurora.readers(
          List.of(
              ClusterInstance.serverlessV2(
                  "standby",
                  ServerlessV2ClusterInstanceProps.builder().scaleWithWriter(true).build())));
    }
    DatabaseCluster built = aurora.build();
    built.getNode().addDependency(log(settings));
    return built;
  }

  /** Where the database's log is exported to; Aurora itself would make it to be kept for ever. */
  private LogGroup log(StageSettings settings) {
    return LogGroup.Builder.create(this, "aurora-log")
        .logGroupName("/aws/rds/cluster/" + settings.names().cluster() + "/postgresql")
        .retention(RetentionDays.ONE_MONTH)
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
  }

  /** Its certificate is one that every JDK trusts, and it outlives a failover of the database. */
  private DatabaseProxy proxy(StageSettings settings, SecurityGroup access) {
    return DatabaseProxy.Builder.create(this, "proxy")
        .dbProxyName(settings.names().cluster())
        .proxyTarget(ProxyTarget.fromCluster(cluster))
        .secrets(Stream.concat(Stream.of(secret()), users.values().stream()).toList())
        .requireTls(true)
        .clientPasswordAuthType(ClientPasswordAuthType.POSTGRES_SCRAM_SHA_256)
        // Longer than a function's pool waits would only keep it from saying so.
        .borrowTimeout(Duration.seconds(5))
        .idleClientTimeout(Duration.minutes(15))
        .maxConnectionsPercent(90)
        .vpc(vpc)
        .vpcSubnets(SubnetSelection.builder().subnetGroupName("database").build())
        .securityGroups(List.of(access))
        .build();
  }
}
