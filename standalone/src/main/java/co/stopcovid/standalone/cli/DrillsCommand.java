package co.stopcovid.standalone.cli;

import co.stopcovid.common.Language;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.standalone.Streams;
import co.stopcovid.standalone.Wiring;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dialog drills}. */
@Command(
    name = "drills",
    description = "Shows and checks drills.",
    synopsisSubcommandLabel = "COMMAND")
public final class DrillsCommand implements Runnable {
  private final Wiring wiring;
  private final Streams streams;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  public DrillsCommand(Wiring wiring, Streams streams) {
    this.wiring = wiring;
    this.streams = streams;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Missing command: list or lint");
    }
  }

  @Command(
      name = "list",
      description = "Lists the drills in the order they are taught.",
      mixinStandardHelpOptions = false)
  int list(
      @Option(
              names = "--drills",
              paramLabel = "DIR",
              description = "The content. Without it: DIALOG_CONTENT_DIR, else the sample course.")
          @Nullable Path drills,
      @Option(
              names = {"-h", "--help"},
              usageHelp = true,
              description = "Show this help.")
          boolean showHelp) {
    PublishedDrills published = wiring.drills(drills);
    int longest =
        published.all().stream().mapToInt(drill -> drill.slug().value().length()).max().orElse(0);
    String format = "%-" + Math.max(4, longest) + "s  %7s  %-16s  %s%n";
    PrintWriter out = streams.results();
    out.printf(format, "SLUG", "PROMPTS", "LANGUAGES", "NAME");
    for (DrillVersion drill : published.all()) {
      out.printf(
          format,
          drill.slug(),
          drill.drill().prompts().size(),
          languages(drill),
          drill.drill().name());
    }
    out.flush();
    return 0;
  }

  /** Those that have texts of this drill's own, not just the engine's. */
  private static String languages(DrillVersion drill) {
    return drill.translations().languages().stream()
        .sorted()
        .map(Language::code)
        .collect(Collectors.joining(" "));
  }
}
