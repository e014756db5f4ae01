package co.stopcovid.aws.local;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** An SQS in this process, on loopback and a free port: ElasticMQ, in memory. */
public final class ElasticMq implements AutoCloseable {
  private final SQSRestServer server;
  private final URI endpoint;
  private final SqsClient client;

  private ElasticMq(SQSRestServer server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
    client = LocalAws.client(SqsClient.builder(), endpoint);
  }

  public static ElasticMq start() {
    SQSRestServer server =
        SQSRestServerBuilder.withInterface("127.0.0.1")
            .withDynamicPort()
            .withAWSRegion(LocalAws.REGION.id())
            .withAWSAccountId(LocalAws.ACCOUNT)
            .start();
    int port = server.waitUntilStarted().localAddress().getPort();
    return new ElasticMq(server, URI.create("http://127.0.0.1:" + port));
  }

  public URI endpoint() {
    return endpoint;
  }

  public SqsClient client() {
    return client;
  }

  /**
   * Creates a queue; a FIFO queue when its name ends in {@code .fifo}.
   *
   * @param visibility how long a received message is hidden
   * @return its URL
   */
  public String createQueue(String name, Duration visibility) {
    return create(name, attributes(name, visibility));
  }

  /**
   * Creates a queue whose messages go elsewhere when they were received too often.
   *
   * @param deadLetters the URL of the queue they go to
   * @param mostReceives how often a message is received before
   * @return its URL
   */
  public String createQueue(
      String name, Duration visibility, String deadLetters, int mostReceives) {
    Map<QueueAttributeName, String> attributes = attributes(name, visibility);
    attributes.put(
        QueueAttributeName.REDRIVE_POLICY,
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
            .formatted(arn(deadLetters), mostReceives));
    return create(name, attributes);
  }

  private String create(String name, Map<QueueAttributeName, String> attributes) {
    return client.createQueue(request -> request.queueName(name).attributes(attributes)).queueUrl();
  }

  private static Map<QueueAttributeName, String> attributes(String name, Duration visibility) {
    Map<QueueAttributeName, String> attributes = new HashMap<>();
    attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(visibility.toSeconds()));
    if (name.endsWith(".fifo")) {
      attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
    }
    return attributes;
  }

  private String arn(String url) {
    return String.valueOf(
        client
            .getQueueAttributes(
                request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN));
  }

  @Override
  public void close() {
    client.close();
    server.stopAndWait();
  }
}
