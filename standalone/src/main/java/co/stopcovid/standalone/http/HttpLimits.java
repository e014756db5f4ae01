package co.stopcovid.standalone.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** The bounds of the HTTP server: how much it reads, how long it waits, what it tells of itself. */
public final class HttpLimits {
  /** Where a route reads less, it says so itself. */
  private static final long LARGEST_REQUEST = 1_000_000;

  private static final int LARGEST_HEADER = 16_384;

  private static final Duration IDLE = Duration.ofSeconds(20);

  /** How long requests under way are waited for when the service stops. */
  private static final Duration STOP = Duration.ofSeconds(5);

  /** Far more than Twilio and a team at their desks open; each holds a file and some memory. */
  private static final int MOST_CONNECTIONS = 2_000;

  /** Those for which there is no room yet; the system's own figure of 50 would turn them away. */
  private static final int WAITING_CONNECTIONS = 1_000;

  /** From the first byte of a request to the end of its headers. */
  private static final Duration LONGEST_HEAD = Duration.ofSeconds(10);

  private static final Duration LONGEST_HEAD_WHEN_FULL = Duration.ofSeconds(1);

  /** The same as {@link #IDLE} while no more connections are taken. */
  private static final Duration IDLE_WHEN_FULL = Duration.ofSeconds(1);

  private HttpLimits() {}

  /** Virtual threads, one a request. */
  public static void apply(JavalinConfig config) {
    apply(config, MOST_CONNECTIONS);
  }

  /** With so many connections at a time; further ones wait until one of them ends. */
  static void apply(JavalinConfig config, int mostConnections) {
    config.concurrency.useVirtualThreads = true;
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.maxRequestSize = LARGEST_REQUEST;
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setRequestHeaderSize(LARGEST_HEADER);
          // Else a header that differs from an earlier one of its connection in capitals only is
          // read as that one: a forged token or signature as the right one.
          http.setHeaderCacheCaseSensitive(true);
        });
    config.jetty.modifyServer(
        server -> {
          server.setStopTimeout(STOP.toMillis());
          server.setErrorHandler(HttpLimits::refuse);
          var limit = new NetworkConnectionLimit(mostConnections, server);
          limit.setEndPointIdleTimeout(IDLE_WHEN_FULL.toMillis());
          server.addBean(limit);
          server.addBean(
              new SlowHeads(
                  server,
                  LONGEST_HEAD,
                  LONGEST_HEAD_WHEN_FULL,
                  () -> limit.getNetworkConnectionCount() >= mostConnections));
          for (Connector connector : server.getConnectors()) {
            if (connector instanceof AbstractConnector bounded) {
              bounded.setIdleTimeout(IDLE.toMillis());
            }
            if (connector instanceof ServerConnector network) {
              network.setAcceptQueueSize(WAITING_CONNECTIONS);
            }
          }
        });
  }

  /** Answers a request that is no HTTP, or so odd that no route gets to see it. */
  private static boolean refuse(Request request, Response response, Callback callback) {
    HttpStatus status = HttpStatus.forStatus(response.getStatus());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    Content.Sink.write(
        response, true, Problem.of(status, "the request is not as it must be").json(), callback);
    return true;
  }
}
