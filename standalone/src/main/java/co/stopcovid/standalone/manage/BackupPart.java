package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.postgres.CopyManifest;
import co.stopcovid.adapters.postgres.DatabaseCopy;
import co.stopcovid.adapters.postgres.UnfitDatabaseException;
import co.stopcovid.standalone.database.DatabaseVisit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dialog manage backup}. */
@Command(
    name = "backup",
    description = {
      "Copies the whole database into one file, as it is at one moment; the service may run"
          + " meanwhile.",
      "The password and the token are not in it. Whoever has the file can read what learners wrote."
    },
    mixinStandardHelpOptions = true)
final class BackupPart implements Callable<Integer> {
  private static final int PER_MEGABYTE = 1_000_000;

  private final Visitor visitor;

  @Parameters(paramLabel = "FILE", description = "The file to be written; it must not be there.")
  @Nullable Path file;

  BackupPart(Visitor visitor) {
    this.visitor = visitor;
  }

  @Override
  public Integer call() {
    return visitor.visit(this::copy);
  }

  private int copy(DatabaseVisit visit) {
    Path target = Objects.requireNonNull(file, "picocli asks for it");
    visitor.err().println("Copying the database …");
    try {
      CopyManifest manifest = DatabaseCopy.write(visit.database(), target, Instant.now());
      visitor
          .out()
          .println(
              "%s holds %d rows of %d tables, %.1f MB"
                  .formatted(
                      target,
                      manifest.rows(),
                      manifest.tables().size(),
                      (double) Files.size(target) / PER_MEGABYTE));
      visitor.out().flush();
      return 0;
    } catch (IOException e) {
      throw new UnfitDatabaseException(
          "%s cannot be written: %s".formatted(target, e.getMessage()), e);
    }
  }
}
