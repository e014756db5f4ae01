package co.stopcovid.standalone.http;

import io.javalin.config.JavalinConfig;
import java.time.Duration;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;

/** The bounds of the HTTP server: how much it reads, how long it waits, what it tells of itself. */
public final class HttpLimits {
  /** Where a route reads less, it says so itself. */
  private static final long LARGEST_REQUEST = 1_000_000;

  private static final int LARGEST_HEADER = 16_384;

  private static final Duration IDLE = Duration.ofSeconds(20);

  private HttpLimits() {}

  /** Virtual threads, one a request. */
  public static void apply(JavalinConfig config) {
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
          for (Connector connector : server.getConnectors()) {
            if (connector instanceof AbstractConnector bounded) {
              bounded.setIdleTimeout(IDLE.toMillis());
            }
          }
        });
  }
}
