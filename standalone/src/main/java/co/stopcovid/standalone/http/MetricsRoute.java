package co.stopcovid.standalone.http;

import io.javalin.config.JavalinConfig;
import java.util.function.Supplier;

/**
 * {@code /metrics} for Prometheus. Open to anyone who reaches the address, which is this machine
 * unless configured otherwise; it holds figures and names of kinds, nobody's data.
 */
public final class MetricsRoute {
  public static final String PATH = "/metrics";

  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<String> scrape;

  public MetricsRoute(Supplier<String> scrape) {
    this.scrape = scrape;
  }

  public void register(JavalinConfig config) {
    config.routes.get(
        PATH,
        context ->
            context
                .header("Cache-Control", "no-store")
                .contentType(CONTENT_TYPE)
                .result(scrape.get()));
  }
}
