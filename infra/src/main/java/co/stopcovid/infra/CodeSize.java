package co.stopcovid.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks at the functions' code before it is sent: whether it is there, and not above the limit. */
final class CodeSize {
  /** Of AWS Lambda, for code and layers, unpacked. */
  private static final long MOST = 250L * 1024 * 1024;

  private CodeSize() {}

  /**
   * Prints the size to standard error.
   *
   * @throws IllegalArgumentException when there is no code, or too much
   */
  static void check(Path code) {
    Path lib = code.resolve("lib");
    if (!Files.isDirectory(lib)) {
      throw new IllegalArgumentException(
          "no code of the functions in %s: build the module aws first".formatted(code));
    }
    try (var files = Files.list(lib)) {
      List<Path> jars = files.toList();
      long bytes = 0;
      for (Path jar : jars) {
        bytes += Files.size(jar);
      }
      if (jars.isEmpty() || bytes > MOST) {
        throw new IllegalArgumentException(
            "the code of the functions has %d files and %d bytes; Lambda takes %d"
                .formatted(jars.size(), bytes, MOST));
      }
      System.err.printf("functions: %d jars, %.1f MB%n", jars.size(), bytes / 1e6);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
