package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.standalone.Streams;
import co.stopcovid.standalone.UsageException;
import co.stopcovid.standalone.Wiring;
import co.stopcovid.standalone.database.DatabaseVisit;
import co.stopcovid.standalone.serve.ServiceConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each part of {@code manage} runs on. */
final class Visitor {
  private final Wiring wiring;
  private final Streams streams;
  private @Nullable Path data;

  Visitor(Wiring wiring, Streams streams) {
    this.wiring = wiring;
    this.streams = streams;
  }

  /** The folder of the embedded database, when one is named. */
  void setData(Path folder) {
    data = folder;
  }

  /** Something to do with the service's database. */
  @FunctionalInterface
  interface Visit {
    /** The exit status. */
    int run(DatabaseVisit visit);
  }

  private ServiceConfig config() {
    Path chosen = data;
    return wiring.serviceConfig(
        chosen == null ? Map.of() : Map.of("DIALOG_DATA_DIR", chosen.toString()));
  }

  /**
   * The folder of the embedded database, whether there is one or not.
   *
   * @throws UsageException when the variables name another database
   */
  Path embeddedData() {
    ServiceConfig config = config();
    if (data == null && config.database() != null) {
      throw new UsageException(
          "DIALOG_DATABASE_URL is set, and only the embedded database is restored: name its folder with --data DIR");
    }
    return config.dataDir();
  }

  int visit(Visit work) {
    Path chosen = data;
    ServiceConfig config = config();
    // Who names a folder means what is in it, whatever database the variables name.
    DatabaseUrl external = chosen == null ? config.database() : null;
    try (DatabaseVisit visit = DatabaseVisit.open(external, config.dataDir())) {
      try {
        return work.run(visit);
      } catch (StorageException e) {
        throw visit.explained(e);
      }
    }
  }

  Wiring wiring() {
    return wiring;
  }

  PrintWriter out() {
    return streams.results();
  }

  PrintWriter err() {
    return streams.err();
  }

  /** Complains about one thing of several; the others go on. */
  int failed(String message) {
    streams.err().println("dialog: " + message);
    return 1;
  }

  static PhoneNumber phone(String number) {
    try {
      return new PhoneNumber(number.replaceAll("[\\s().-]", ""));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
