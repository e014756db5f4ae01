package co.stopcovid.standalone.console;

import co.stopcovid.standalone.http.Problem;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Style, script and icon of the console, from the class path; all are text. Their addresses change
 * with their content, so that a browser need never ask for one twice.
 */
final class Assets {
  private static final String PATH = "/console/assets/";
  private static final int VERSION_LENGTH = 16;
  private static final Map<String, String> TYPES =
      Map.of(
          "console.css", "text/css; charset=utf-8",
          "console.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");

  private final Map<String, Asset> assets = new TreeMap<>();

  private record Asset(String path, String type, String content) {}

  Assets() {
    TYPES.forEach(
        (name, type) -> {
          String content = read(name);
          assets.put(name, new Asset(PATH + version(content) + "/" + name, type, content));
        });
  }

  void register(JavalinConfig config) {
    assets
        .values()
        .forEach(asset -> config.routes.get(asset.path(), context -> serve(context, asset)));
  }

  private static void serve(Context context, Asset asset) {
    context
        .header("Cache-Control", "public, max-age=31536000, immutable")
        .contentType(asset.type())
        .result(asset.content());
  }

  /** Where a browser finds the asset with this name. */
  String path(String name) {
    Asset asset = assets.get(name);
    if (asset == null) {
      throw Problem.notFound("there is no " + name);
    }
    return asset.path();
  }

  private static String read(String name) {
    try (InputStream file = Assets.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the program was built without " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, VERSION_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
