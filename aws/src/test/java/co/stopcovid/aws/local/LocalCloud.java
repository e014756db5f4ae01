package co.stopcovid.aws.local;

import java.nio.file.Path;

/**
 * AWS on this machine: Kinesis, SQS and DynamoDB, which may hold several stages. What a stage needs
 * besides, content and database, it has for itself.
 */
public final class LocalCloud implements AutoCloseable {
  private final KinesisLocal kinesis;
  private final ElasticMq sqs;
  private final DynamoLocal dynamo;

  private LocalCloud(KinesisLocal kinesis, ElasticMq sqs, DynamoLocal dynamo) {
    this.kinesis = kinesis;
    this.sqs = sqs;
    this.dynamo = dynamo;
  }

  public static LocalCloud start() {
    KinesisLocal kinesis = KinesisLocal.start();
    try {
      return new LocalCloud(kinesis, ElasticMq.start(), new DynamoLocal());
    } catch (RuntimeException e) {
      kinesis.close();
      throw e;
    }
  }

  /**
   * Creates everything that a stage has, empty but for its content.
   *
   * @param name small letters, digits and hyphens; no other stage has it
   * @param content the folder whose files go into the stage's bucket
   * @param shards of the command stream
   */
  public LocalStage stage(String name, Path content, int shards) {
    return LocalStage.create(this, name, content, shards);
  }

  public KinesisLocal kinesis() {
    return kinesis;
  }

  public ElasticMq sqs() {
    return sqs;
  }

  public DynamoLocal dynamo() {
    return dynamo;
  }

  @Override
  public void close() {
    dynamo.close();
    sqs.close();
    kinesis.close();
  }
}
