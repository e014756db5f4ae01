package co.stopcovid.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Files that hold what is on the wire. */
final class Golden {
  private Golden() {}

  static String read(String name) {
    try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not only an equal tree: the same fields in the same order, the same digits. */
  static void assertWrittenAs(String name, String json) {
    assertThat(json).isEqualTo(Json.parse(read(name)).toString());
  }
}
