package co.stopcovid.aws.lambda;

import co.stopcovid.adapters.json.Json;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the database into shape before the other functions use it. A custom resource of
 * CloudFormation, which waits for the answer at the address that it gives; it may be called by
 * hand.
 */
public final class MigrateFunction
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final Logger LOG = LoggerFactory.getLogger(MigrateFunction.class);
  private static final String ADDRESS = "ResponseURL";
  private static final String ID = "PhysicalResourceId";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final Runnable migration;

  /** As Lambda starts it. */
  public MigrateFunction() {
    this(Composition.ofEnvironment().migration());
  }

  public MigrateFunction(Runnable migration) {
    this.migration = migration;
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    Map<String, Object> answer = new HashMap<>();
    for (String name : new String[] {"StackId", "RequestId", "LogicalResourceId"}) {
      if (event.get(name) instanceof String value) {
        answer.put(name, value);
      }
    }
    answer.put(ID, event.getOrDefault(ID, "database-migration"));
    answer.put("Status", "SUCCESS");
    boolean isAsked = event.get(ADDRESS) instanceof String;
    try {
      // What was migrated stays when the stack goes.
      if (!"Delete".equals(event.get("RequestType"))) {
        migration.run();
      }
    } catch (RuntimeException e) {
      if (!isAsked) {
        throw e;
      }
      LOG.error("the database cannot be migrated", e);
      answer.put("Status", "FAILED");
      answer.put("Reason", String.valueOf(e.getMessage()));
    }
    if (event.get(ADDRESS) instanceof String address) {
      send(URI.create(address), answer);
    }
    return answer;
  }

  private static void send(URI address, Map<String, Object> answer) {
    String body =
        Json.write(
            json -> {
              json.writeStartObject();
              answer.forEach(
                  (name, value) -> json.writeStringProperty(name, String.valueOf(value)));
              json.writeEndObject();
            });
    try (var client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      var request =
          HttpRequest.newBuilder(address)
              .timeout(TIMEOUT)
              .PUT(HttpRequest.BodyPublishers.ofString(body))
              .build();
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status != OK) {
        throw new IllegalStateException("CloudFormation did not take the answer: " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
