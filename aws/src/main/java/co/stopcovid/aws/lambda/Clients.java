package co.stopcovid.aws.lambda;

import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Clients of the services of AWS, each made when it is first asked for. None connects before it is
 * used, so that a snapshot of a function that has started holds no connection. Every call has a
 * time limit, and few retries of its own.
 */
public record Clients(
    Supplier<DynamoDbClient> dynamo,
    Supplier<KinesisClient> kinesis,
    Supplier<SqsClient> sqs,
    Supplier<S3Client> s3,
    Supplier<SecretsManagerClient> secrets) {
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration SOCKET = Duration.ofSeconds(4);
  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final Duration CALL = Duration.ofSeconds(12);
  private static final int ATTEMPTS = 3;

  /** Those that the function's environment stands for. */
  public static Clients standard() {
    return new Clients(
        new Lazy<>(() -> client(DynamoDbClient.builder())),
        new Lazy<>(() -> client(KinesisClient.builder())),
        new Lazy<>(() -> client(SqsClient.builder())),
        // By path, since the name of a bucket may have dots.
        new Lazy<>(() -> client(S3Client.builder().forcePathStyle(true))),
        new Lazy<>(() -> client(SecretsManagerClient.builder())));
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder) {
    return builder
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SOCKET))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .retryStrategy(
                    AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .build())
        .build();
  }
}
