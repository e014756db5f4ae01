package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.postgres.CopyManifest;
import co.stopcovid.adapters.postgres.DatabaseRestore;
import co.stopcovid.standalone.database.RestoredDatabase;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dialog manage restore}. */
@Command(
    name = "restore",
    description = {
      "Makes the embedded database out of a file of manage backup, in an empty data directory: all"
          + " of it or nothing.",
      "Stop the service that the copy is of before you start one on the restored data: both would"
          + " write to the same learners."
    },
    mixinStandardHelpOptions = true)
final class RestorePart implements Callable<Integer> {
  private final Visitor visitor;

  @Parameters(paramLabel = "FILE", description = "A file that manage backup wrote.")
  @Nullable Path file;

  RestorePart(Visitor visitor) {
    this.visitor = visitor;
  }

  @Override
  public Integer call() {
    Path source = Objects.requireNonNull(file, "picocli asks for it");
    Path target = visitor.embeddedData();
    try (var copy = new DatabaseRestore(source)) {
      visitor.err().println("Restoring the database: this takes some seconds …");
      RestoredDatabase.make(target, copy);
      CopyManifest manifest = copy.manifest();
      visitor
          .out()
          .println(
              "%s has %d rows of %d tables, as they were at %s"
                  .formatted(
                      target, manifest.rows(), manifest.tables().size(), manifest.createdTime()));
      visitor.out().flush();
      return 0;
    }
  }
}
