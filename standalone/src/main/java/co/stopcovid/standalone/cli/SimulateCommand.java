package co.stopcovid.standalone.cli;

import co.stopcovid.common.Language;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.standalone.Streams;
import co.stopcovid.standalone.Wiring;
import co.stopcovid.standalone.jsonl.JsonLines;
import co.stopcovid.standalone.jsonl.SimulateLines;
import co.stopcovid.standalone.simulate.PlainScreen;
import co.stopcovid.standalone.simulate.Session;
import co.stopcovid.standalone.simulate.Simulator;
import co.stopcovid.standalone.simulate.TerminalScreen;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dialog simulate}. */
@Command(
    name = "simulate",
    description = {
      "A conversation in the terminal: you are the learner. Nothing is sent, nothing is kept.",
      "With --jsonl, commands are read from standard input, one JSON object a line."
    })
public final class SimulateCommand implements Callable<Integer> {
  private final Wiring wiring;
  private final Streams streams;

  @Parameters(
      arity = "0..1",
      paramLabel = "LANG",
      description = "The learner's language, such as es. Without it the drill asks.")
  @Nullable String language;

  @Mixin final ContentOption drills = new ContentOption();

  @Option(
      names = "--codes",
      paramLabel = "FILE",
      description = "Registration codes, in JSON. Without it: ACME, and DEMO for a demo learner.")
  @Nullable Path codes;

  @Option(names = "--jsonl", description = "Answer each command with one line of JSON.")
  boolean jsonl;

  @Mixin final HelpOption help = new HelpOption();

  public SimulateCommand(Wiring wiring, Streams streams) {
    this.wiring = wiring;
    this.streams = streams;
  }

  @Override
  public Integer call() throws Exception {
    Language chosen = language == null ? null : wiring.language(language);
    var validCodes = wiring.codes(codes);
    PublishedDrills published = wiring.drills(drills.folder());
    Simulator simulator = wiring.simulator(published, validCodes, chosen);
    if (jsonl) {
      return JsonLines.run(streams.in(), streams.out(), new SimulateLines(simulator)) ? 0 : 1;
    }
    var first = validCodes.firstEntry();
    String code = first == null ? "(there is no code)" : first.getKey();
    String company = first == null ? "" : first.getValue().accountInfo().company();
    if (streams.isTerminal()) {
      try (var screen =
          new TerminalScreen(
              TerminalScreen.open(), wiring.config().colour(), completions(published))) {
        new Session(simulator, screen, wiring.languages()).run(code, company);
      }
    } else {
      var screen = new PlainScreen(streams.in(), streams.results());
      new Session(simulator, screen, wiring.languages()).run(code, company);
    }
    return 0;
  }

  private static List<String> completions(PublishedDrills drills) {
    return Stream.concat(
            Stream.of(
                "/state",
                "/events",
                "/events all",
                "/why",
                "/drills",
                "/remind",
                "/lang",
                "/help",
                "/quit"),
            drills.all().stream().map(DrillVersion::slug).map(slug -> "/start " + slug))
        .toList();
  }
}
