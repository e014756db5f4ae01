package co.stopcovid.standalone.cli;

import co.stopcovid.standalone.Streams;
import co.stopcovid.standalone.Wiring;
import co.stopcovid.standalone.jsonl.GradeLines;
import co.stopcovid.standalone.jsonl.JsonLines;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dialog grade --jsonl}. */
@Command(
    name = "grade",
    description = "Grades replies, one JSON object a line, and says why.",
    footerHeading = "%nA line, and what it gives:%n",
    footer = {
      "  {\"language\":\"en\",\"prompt\":\"How long? a) 3 s b) 20 s\",",
      "   \"correct_response\":\"b) 20 s\",\"response\":\"b\"}",
      "  {\"correct\":true,\"reason\":\"…\"}"
    })
public final class GradeCommand implements Callable<Integer> {
  private final Wiring wiring;
  private final Streams streams;

  @Option(
      names = "--jsonl",
      required = true,
      description = "Read lines from standard input, answer on standard output.")
  boolean jsonl;

  @Mixin final HelpOption help = new HelpOption();

  public GradeCommand(Wiring wiring, Streams streams) {
    this.wiring = wiring;
    this.streams = streams;
  }

  @Override
  public Integer call() throws Exception {
    var grader = new GradeLines(wiring.languageTables());
    return JsonLines.run(streams.in(), streams.out(), grader) ? 0 : 1;
  }
}
