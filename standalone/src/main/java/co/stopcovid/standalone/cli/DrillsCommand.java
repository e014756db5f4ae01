package co.stopcovid.standalone.cli;

import co.stopcovid.adapters.authoring.Course;
import co.stopcovid.adapters.authoring.CourseReader;
import co.stopcovid.adapters.authoring.Finding;
import co.stopcovid.adapters.authoring.lint.CourseLint;
import co.stopcovid.adapters.authoring.lint.LintReport;
import co.stopcovid.common.Language;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.drills.Template;
import co.stopcovid.standalone.Streams;
import co.stopcovid.standalone.Wiring;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code dialog drills}. */
@Command(
    name = "drills",
    description = "Lists and checks drills.",
    synopsisSubcommandLabel = "COMMAND")
public final class DrillsCommand implements Runnable {
  private static final String DIR = ContentOption.DESCRIPTION;

  private final Wiring wiring;
  private final Streams streams;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
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
      name = "lint",
      description =
          "Checks content: every finding with its file, place, reason and fix. The exit status is 1"
              + " when there is one.")
  int lint(
      @Parameters(arity = "0..1", paramLabel = "DIR", description = DIR) @Nullable Path folder) {
    Course course = CourseReader.read(wiring.contentDir(folder));
    List<Finding> findings = CourseLint.check(course, wiring.languageTables());
    PrintWriter out = streams.results();
    out.print(LintReport.text(course, findings));
    out.flush();
    return findings.isEmpty() ? 0 : 1;
  }

  @Command(name = "list", description = "Lists the drills in the order they are taught.")
  int list(
      @Parameters(arity = "0..1", paramLabel = "DIR", description = DIR) @Nullable Path folder) {
    PublishedDrills published = wiring.drills(folder);
    int longest =
        published.all().stream().mapToInt(drill -> drill.slug().value().length()).max().orElse(0);
    String format = "%-" + Math.max("SLUG".length(), longest) + "s  %7s  %-16s  %s\n";
    PrintWriter out = streams.results();
    out.printf(format, "SLUG", "PROMPTS", "LANGUAGES", "NAME");
    for (DrillVersion version : published.all()) {
      Drill drill = version.drill();
      out.printf(format, drill.slug(), drill.prompts().size(), languages(version), drill.name());
    }
    out.flush();
    return 0;
  }

  /** Those that have texts of the drill's own, not just the engine's; a dash for plain text. */
  private static String languages(DrillVersion version) {
    String languages =
        version.translations().languages().stream()
            .filter(
                language ->
                    version.drill().prompts().stream()
                        .flatMap(prompt -> prompt.messages().stream())
                        .map(PromptMessage::text)
                        .anyMatch(text -> text != null && hasLabel(version, text, language)))
            .sorted()
            .map(Language::code)
            .collect(Collectors.joining(" "));
    return languages.isEmpty() ? "-" : languages;
  }

  private static boolean hasLabel(DrillVersion version, String text, Language language) {
    return Template.parse(text).references().stream()
        .anyMatch(label -> version.translations().exactly(language, label).isPresent());
  }
}
