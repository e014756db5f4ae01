package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.standalone.Streams;
import co.stopcovid.standalone.UsageException;
import co.stopcovid.standalone.Wiring;
import co.stopcovid.standalone.database.DatabaseVisit;
import co.stopcovid.standalone.serve.ServiceConfig;
import java.io.PrintWriter;
import java.util.Map;

/** What each part of {@code manage} runs on. */
final class Visitor {
  private final Wiring wiring;
  private final Streams streams;

  Visitor(Wiring wiring, Streams streams) {
    this.wiring = wiring;
    this.streams = streams;
  }

  /** Something to do with the service's database. */
  @FunctionalInterface
  interface Visit {
    /** The exit status. */
    int run(DatabaseVisit visit);
  }

  int visit(Visit work) {
    ServiceConfig config = wiring.serviceConfig(Map.of());
    try (DatabaseVisit visit = DatabaseVisit.open(config.database(), config.dataDir())) {
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
