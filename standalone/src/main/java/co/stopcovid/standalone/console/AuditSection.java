package co.stopcovid.standalone.console;

import co.stopcovid.desk.AuditLog;
import co.stopcovid.desk.Reports;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.Context;
import java.util.List;

/** Who did what, when and on whom. */
public final class AuditSection implements Section {
  private static final String PATH = "/console/audit";
  private static final int ENTRIES = 100;

  private final Reports reports;

  public AuditSection(Reports reports) {
    this.reports = reports;
  }

  /**
   * What the page shows.
   *
   * @param more the address of the earlier entries; empty when there are none
   */
  record View(List<AuditLog.Stored> entries, String more) {}

  @Override
  public Link link() {
    return new Link("Audit", PATH);
  }

  @Override
  public List<Step> steps() {
    return List.of(Step.show(PATH, this::show));
  }

  private Answer show(Context context) {
    String given = context.queryParam("before");
    Long before = given == null ? null : Given.parse(given, Long::valueOf);
    List<AuditLog.Stored> page =
        reports.audit(Console.PERSON, before, ENTRIES).orElseThrow(Problem::of);
    String more =
        page.size() < ENTRIES
            ? ""
            : PATH + Given.query("before", Long.toString(page.getLast().id()));
    return new Answer.Show("audit.jte", "Audit log", new View(page, more));
  }
}
