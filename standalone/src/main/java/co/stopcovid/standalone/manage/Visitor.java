package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.desk.Desk;
import co.stopcovid.drills.Keywords;
import co.stopcovid.progress.EventArchive;
import co.stopcovid.standalone.Streams;
import co.stopcovid.standalone.UsageException;
import co.stopcovid.standalone.Wiring;
import co.stopcovid.standalone.cli.Columns;
import co.stopcovid.standalone.database.DatabaseVisit;
import co.stopcovid.standalone.serve.LocalDesk;
import co.stopcovid.standalone.serve.ServiceAccess;
import co.stopcovid.standalone.serve.ServiceConfig;
import co.stopcovid.standalone.serve.Stores;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What each part of {@code manage} runs on: a running service, or a database. */
final class Visitor {
  private final Wiring wiring;
  private final Streams streams;
  private final String person;
  private @Nullable Path data;
  private @Nullable URI url;
  private @Nullable String token;

  /**
   * @param person who types, for the audit log
   */
  Visitor(Wiring wiring, Streams streams, String person) {
    this.wiring = wiring;
    this.streams = streams;
    this.person = person;
  }

  /** The folder of the embedded database, when one is named. */
  void setData(Path folder) {
    data = folder;
  }

  /** Where the service is that is asked, when one is named. */
  void setUrl(URI address) {
    url = address;
  }

  void setToken(String secret) {
    token = secret;
  }

  /** Something to do with the service's database. */
  @FunctionalInterface
  interface Visit {
    /** The exit status. */
    int run(DatabaseVisit visit);
  }

  /** Something to ask of the service, wherever it is. */
  @FunctionalInterface
  interface Asking {
    /** The exit status. */
    int run(ApiClient api);
  }

  /** What a part may set where it works on the database. */
  record Local(@Nullable Path drills, UnaryOperator<EventArchive> archive) {
    static final Local USUAL = new Local(null, archive -> archive);
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

  /** Asks the service at {@code --url}; without one works on the database, by the same rules. */
  int ask(Asking work) {
    return ask(Local.USUAL, work);
  }

  int ask(Local local, Asking work) {
    URI service = url;
    try {
      return service == null ? here(local, work) : there(service, work);
    } catch (RefusedException | LineTroubleException e) {
      return failed(String.valueOf(e.getMessage()));
    }
  }

  private int there(URI service, Asking work) {
    var access = new ServiceAccess(config(), service, token, data);
    try (ApiLine line = new HttpLine(access.address(), access.token(), person)) {
      return work.run(new ApiClient(line));
    } catch (IOException e) {
      throw new LineTroubleException("the file of the token cannot be read: " + e.getMessage(), e);
    }
  }

  private int here(Local local, Asking work) {
    if (token != null) {
      throw new UsageException("--token goes with --url, which says whose it is");
    }
    var drills = new DrillsWhenNeeded(() -> wiring.drills(local.drills()));
    return visit(
        visit -> {
          var gap = config().rules().gap();
          InstantSource clock = InstantSource.system();
          try (Stores stores =
              Stores.on(visit.database(), wiring.languageTables(), gap, () -> {})) {
            Desk desk =
                LocalDesk.on(
                    stores,
                    local.archive().apply(LocalDesk.archive(stores)),
                    stores.commands(),
                    drills,
                    new Keywords(wiring.languageTables()),
                    clock);
            var line = new LocalLine(LocalDesk.api(desk, stores, drills, clock), person);
            return work.run(new ApiClient(line));
          }
        });
  }

  int visit(Visit work) {
    if (url != null) {
      throw new UsageException(
          "this works on the database itself: leave --url away, and name the database with --data or DIALOG_DATABASE_URL");
    }
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

  boolean isRemote() {
    return url != null;
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

  /** Where results are read. */
  Paper paper() {
    return new Paper(streams.results(), columns());
  }

  /** As the variable {@code COLUMNS} says, which is the shell's and none of our settings. */
  private Columns columns() {
    String given = wiring.config().environment().getOrDefault("COLUMNS", "");
    return new Columns(
        given.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(given) : streams.columns());
  }

  /**
   * Prints a list of the API.
   *
   * @param after what to begin behind; null for the beginning
   * @param limit how many items at most
   */
  int list(String path, @Nullable String after, int limit, boolean json, Column... columns) {
    return ask(
        api -> {
          var rows = new Rows(paper(), json, columns);
          api.each(path, after, Math.max(1, limit), rows::add);
          rows.end();
          return 0;
        });
  }

  /** Says what was done, on a line. */
  int done(String message) {
    Paper paper = paper();
    paper.println(message);
    paper.writer().flush();
    return 0;
  }

  /** Complains about one thing of several; the others go on. */
  int failed(String message) {
    new Paper(streams.err(), columns()).println("dialog: " + message);
    return 1;
  }

  /**
   * Does one thing of several; its refusal is complained about.
   *
   * @param what in front of the reason
   */
  int each(String what, Runnable one) {
    try {
      one.run();
      return 0;
    } catch (RefusedException e) {
      return failed(what + e.getMessage());
    }
  }

  static PhoneNumber phone(String number) {
    try {
      return new PhoneNumber(number.replaceAll("[\\s().-]", ""));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
