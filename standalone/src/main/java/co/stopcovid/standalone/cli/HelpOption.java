package co.stopcovid.standalone.cli;

import picocli.CommandLine.Option;

/** {@code --help} alone, for commands that have no version of their own to show. */
public final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
