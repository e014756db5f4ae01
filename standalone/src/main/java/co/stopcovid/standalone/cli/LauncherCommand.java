package co.stopcovid.standalone.cli;

import co.stopcovid.standalone.UsageException;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command of {@code ./dialog} that is a program of its own: here only for help and completion.
 */
public final class LauncherCommand implements Runnable {
  private final String name;

  private LauncherCommand(String name) {
    this.name = name;
  }

  /** Such a command with what it does. */
  public static CommandSpec of(String name, String description) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(new LauncherCommand(name)).name(name);
    spec.usageMessage().description(description);
    return spec;
  }

  @Override
  public void run() {
    throw new UsageException("%s is a program of its own: ./dialog %s".formatted(name, name));
  }
}
