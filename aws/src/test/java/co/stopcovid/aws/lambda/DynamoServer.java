package co.stopcovid.aws.lambda;

import co.stopcovid.aws.dynamo.Tables;
import co.stopcovid.aws.local.DynamoLocal;
import co.stopcovid.aws.local.LocalAws;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB Local for another process, on loopback alone: its own server listens everywhere. */
final class DynamoServer implements AutoCloseable {
  private final Server server =
      new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  @SuppressWarnings("NullAway") // Without a path it keeps all in memory.
  DynamoServer() throws Exception {
    var handler =
        new LocalDynamoDBServerHandler(
            new LocalDynamoDBRequestHandler(0, true, null, true, false), null);
    server.setHandler(new DynamoDBProxyServer(0, handler).setUpHandler(handler));
    server.start();
  }

  URI endpoint() {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return URI.create("http://127.0.0.1:" + port);
  }

  void create(String stage) {
    try (DynamoDbClient client = LocalAws.client(DynamoDbClient.builder(), endpoint())) {
      Tables.of(stage).schemas().forEach(schema -> client.createTable(DynamoLocal.request(schema)));
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the local DynamoDB does not stop", e);
    }
  }
}
