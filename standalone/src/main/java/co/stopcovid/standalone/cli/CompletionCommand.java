package co.stopcovid.standalone.cli;

import co.stopcovid.standalone.Streams;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dialog completion}. */
@Command(
    name = "completion",
    description = {
      "Prints a script with which bash and zsh complete commands and options of ./dialog:",
      "source <(./dialog completion)"
    })
public final class CompletionCommand implements Callable<Integer> {
  private final Streams streams;

  @Spec @Nullable CommandSpec spec;

  @Mixin final HelpOption help = new HelpOption();

  public CompletionCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not part of a command line");
    }
    PrintWriter out = streams.results();
    out.print(AutoComplete.bash("dialog", spec.root().commandLine()));
    out.flush();
    return 0;
  }
}
