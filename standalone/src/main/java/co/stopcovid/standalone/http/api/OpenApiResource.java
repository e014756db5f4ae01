package co.stopcovid.standalone.http.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code GET /openapi.json}: what the API can be asked, for programs (OpenAPI 3.1). */
public final class OpenApiResource implements Resource {
  private static final String FILE = "openapi.json";

  private final String document = read();

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/openapi.json", this::show));
  }

  private Reply show(Call call) {
    return Reply.text("application/json", document);
  }

  private static String read() {
    try (InputStream file = OpenApiResource.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("the program was built without " + FILE);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
