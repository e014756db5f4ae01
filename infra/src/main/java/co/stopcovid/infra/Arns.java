package co.stopcovid.infra;

import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Stack;

/** Names resources of the account and region that a stack is deployed to. */
final class Arns {
  private final Stack stack;
  private final Names names;

  Arns(Stack stack, Names names) {
    this.stack = stack;
    this.names = names;
  }

  String table(String table) {
    return arn("dynamodb", "table", names.of(table), ArnFormat.SLASH_RESOURCE_NAME);
  }

  String commandStream() {
    return arn("kinesis", "stream", names.commandStream(), ArnFormat.SLASH_RESOURCE_NAME);
  }

  String queue(String name) {
    return arn("sqs", name, null, ArnFormat.NO_RESOURCE_NAME);
  }

  String queueUrl(String name) {
    return "https://sqs.%s.%s/%s/%s".formatted(Aws.REGION, Aws.URL_SUFFIX, Aws.ACCOUNT_ID, name);
  }

  String function(String function) {
    return arn("lambda", "function", names.function(function), ArnFormat.COLON_RESOURCE_NAME);
  }

  String logGroup(String name) {
    return arn("logs", "log-group", name, ArnFormat.COLON_RESOURCE_NAME);
  }

  String schedule(String name) {
    return arn("scheduler", "schedule/default", name, ArnFormat.SLASH_RESOURCE_NAME);
  }

  /** Bucket names are one space for the whole world, so they carry account and region. */
  String bucketName(String bucket) {
    return "dialog-%s-%s-%s-%s".formatted(bucket, names.stage(), Aws.ACCOUNT_ID, Aws.REGION);
  }

  String bucket(String bucket) {
    return "arn:%s:s3:::%s".formatted(Aws.PARTITION, bucketName(bucket));
  }

  private String arn(String service, String resource, @Nullable String name, ArnFormat format) {
    var parts = ArnComponents.builder().service(service).resource(resource).arnFormat(format);
    return stack.formatArn(name == null ? parts.build() : parts.resourceName(name).build());
  }
}
