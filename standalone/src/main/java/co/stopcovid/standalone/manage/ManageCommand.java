package co.stopcovid.standalone.manage;

import co.stopcovid.standalone.Streams;
import co.stopcovid.standalone.Wiring;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code dialog manage}. */
@Command(
    name = "manage",
    description = {
      "Looks after a service: works on its database, whether the service runs or not.",
      "The database is the embedded one in --data, else that of DIALOG_DATABASE_URL, else the"
          + " embedded one in DIALOG_DATA_DIR."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class ManageCommand implements Runnable {
  private final Visitor visitor;
  private @Nullable CommandSpec spec;

  public ManageCommand(Wiring wiring, Streams streams) {
    this.visitor = new Visitor(wiring, streams);
  }

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Where the service keeps its data. Without it: DIALOG_DATA_DIR, else ./data.")
  void setData(Path data) {
    visitor.setData(data);
  }

  /** Told by picocli which command this is; the parts need their visitor, so they are made here. */
  @Spec
  void setSpec(CommandSpec own) {
    spec = own;
    own.addSubcommand("dead-letters", CommandSpec.forAnnotatedObject(new DeadLettersPart(visitor)));
    own.addSubcommand("rebuild", CommandSpec.forAnnotatedObject(new RebuildPart(visitor)));
    own.addSubcommand("learners", CommandSpec.forAnnotatedObject(new LearnersPart(visitor)));
    own.addSubcommand("codes", CommandSpec.forAnnotatedObject(new CodesPart(visitor)));
    own.addSubcommand("parked", CommandSpec.forAnnotatedObject(new ParkedPart(visitor)));
    own.addSubcommand("unhandled", CommandSpec.forAnnotatedObject(new UnhandledPart(visitor)));
    own.addSubcommand("backup", CommandSpec.forAnnotatedObject(new BackupPart(visitor)));
    own.addSubcommand("restore", CommandSpec.forAnnotatedObject(new RestorePart(visitor)));
  }

  @Override
  public void run() {
    missing(spec, "dead-letters, rebuild, learners, codes, parked, unhandled, backup or restore");
  }

  static void missing(@Nullable CommandSpec spec, String commands) {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Missing command: " + commands);
    }
  }
}
