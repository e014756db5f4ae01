package co.stopcovid.bench;

import co.stopcovid.standalone.ProcessDefaults;
import co.stopcovid.standalone.cli.CommandLines;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** {@code ./dialog bench}. */
public final class Main {
  private static final int FAILED = 1;

  private Main() {}

  public static void main(String[] args) {
    ProcessDefaults.set();
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status =
        CommandLines.prepared(new CommandLine(new BenchCommand(out, err)))
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  err.println("dialog: the benchmark failed: " + e);
                  e.printStackTrace(err);
                  return FAILED;
                })
            .execute(args);
    System.exit(status);
  }
}
