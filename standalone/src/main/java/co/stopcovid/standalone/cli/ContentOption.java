package co.stopcovid.standalone.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --drills DIR}, of every command that takes content as an option. */
public final class ContentOption {
  static final String DESCRIPTION =
      "The content. Without it: DIALOG_CONTENT_DIR, else the sample course.";

  @Option(names = "--drills", paramLabel = "DIR", description = DESCRIPTION)
  private @Nullable Path folder;

  /** The folder that was named; null for the configured one. */
  public @Nullable Path folder() {
    return folder;
  }
}
