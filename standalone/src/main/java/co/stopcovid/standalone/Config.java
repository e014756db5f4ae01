package co.stopcovid.standalone;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says, checked.
 *
 * @param contentDir the drills to teach
 * @param colour whether a terminal may be written to in colours
 * @param debug whether an unexpected error is shown with its stack trace
 * @param program how the launcher was called
 * @param environment all of it, for {@link co.stopcovid.standalone.serve.ServiceConfig}, which only
 *     the commands around the service check
 */
public record Config(
    Path contentDir,
    boolean colour,
    boolean debug,
    String program,
    Map<String, String> environment) {
  private static final String PROGRAM = "./dialog";

  public Config {
    environment = Map.copyOf(environment);
  }

  /**
   * Reads the environment; an empty variable counts as not set.
   *
   * @param home the project's root, where the sample content is; null when it is not known
   * @throws UsageException when a variable has a value that cannot be
   */
  public static Config from(Map<String, String> environment, @Nullable String home) {
    return new Config(
        contentDir(environment.getOrDefault("DIALOG_CONTENT_DIR", ""), home),
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb"),
        environment.getOrDefault("DIALOG_DEBUG", "").equals("1"),
        PROGRAM,
        environment);
  }

  /** The same, called by another name. */
  Config called(String name) {
    return new Config(contentDir, colour, debug, name, environment);
  }

  /** Without the environment, which holds secrets. */
  @Override
  public String toString() {
    return "Config[content %s]".formatted(contentDir);
  }

  private static Path contentDir(String chosen, @Nullable String home) {
    if (chosen.isEmpty()) {
      return Path.of(home == null ? "." : home).resolve("content");
    }
    try {
      return Path.of(chosen);
    } catch (InvalidPathException e) {
      throw new UsageException("DIALOG_CONTENT_DIR is no path of a folder", e);
    }
  }
}
