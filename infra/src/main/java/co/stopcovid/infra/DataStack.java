package co.stopcovid.infra;

import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.kinesis.StreamEncryption;
import software.amazon.awscdk.services.kinesis.StreamMode;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.constructs.Construct;

/** What must not be lost: the command stream, the tables, the queues, the content, the secrets. */
final class DataStack extends Stack {
  static final String CONTENT = "content";
  static final String FAILED_RECORDS = "failures";

  private static final String NO_TWILIO =
      """
      {"account_sid":"","auth_token":"","auth_token_secondary":"","messaging_service_sid":""}""";
  private static final String NO_REGISTRATION =
      """
      {"url":"","key":""}""";

  private final String eventStreamArn;
  private final CfnSecret twilio;
  private final CfnSecret registration;

  DataStack(Construct scope, StageSettings settings) {
    super(
        scope,
        settings.names().stack("data"),
        StackProps.builder()
            .description("Dialog Engine: streams, tables, queues, content and secrets")
            .terminationProtection(settings.retain())
            .build());
    Names names = settings.names();
    commandStream(settings);
    eventStreamArn =
        DataTables.create(this, names, settings.retain()).stream()
            .map(Table::getTableStreamArn)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    new DataQueues(this, names, settings.retain()).create();
    var arns = new Arns(this, names);
    bucket(settings, CONTENT, arns)
        .lifecycleRules(
            List.of(
                LifecycleRule.builder().noncurrentVersionExpiration(Duration.days(365)).build()))
        .build();
    bucket(settings, FAILED_RECORDS, arns)
        .lifecycleRules(
            List.of(
                LifecycleRule.builder()
                    .expiration(Duration.days(90))
                    .noncurrentVersionExpiration(Duration.days(1))
                    .build()))
        .build();
    twilio = secret(settings, names.twilioSecret(), "twilio", NO_TWILIO);
    registration = secret(settings, names.registrationSecret(), "registration", NO_REGISTRATION);
    CfnOutput.Builder.create(this, "ContentBucket").value(arns.bucketName(CONTENT)).build();
  }

  /** The stream of the event batches. */
  String eventStreamArn() {
    return eventStreamArn;
  }

  String twilioSecretArn() {
    return twilio.getRef();
  }

  String registrationSecretArn() {
    return registration.getRef();
  }

  private void commandStream(StageSettings settings) {
    Stream.Builder.create(this, "command-stream")
        .streamName(settings.names().commandStream())
        .streamMode(StreamMode.PROVISIONED)
        .shardCount(settings.shards())
        // What cannot be processed for 6 days goes aside whole; a day is left to look at it here.
        .retentionPeriod(Duration.days(7))
        .encryption(StreamEncryption.MANAGED)
        .removalPolicy(removal(settings))
        .build();
  }

  private Bucket.Builder bucket(StageSettings settings, String name, Arns arns) {
    return Bucket.Builder.create(this, name)
        .bucketName(arns.bucketName(name))
        .versioned(true)
        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
        .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
        .encryption(BucketEncryption.S3_MANAGED)
        .enforceSsl(true)
        .minimumTlsVersion(1.2)
        .removalPolicy(removal(settings));
  }

  /** Deployed once without values; what an operator puts in stays through later deployments. */
  private CfnSecret secret(StageSettings settings, String name, String id, String empty) {
    CfnSecret secret =
        CfnSecret.Builder.create(this, id).name(name).secretString(empty.strip()).build();
    secret.applyRemovalPolicy(removal(settings));
    return secret;
  }

  private static RemovalPolicy removal(StageSettings settings) {
    return settings.retain() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  }
}
