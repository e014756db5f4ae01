package co.stopcovid.standalone.console;

import co.stopcovid.adapters.content.ContentFailure;
import co.stopcovid.adapters.postgres.Backlog;
import co.stopcovid.desk.Reports;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.CompletionReport.Filter;
import co.stopcovid.progress.CompletionReport.Row;
import co.stopcovid.sms.ProviderHold;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the service does, and how far the learners are. */
public final class OverviewSection implements Section {
  private static final int ROWS = 100;

  private final Supplier<Optional<Backlog>> backlog;
  private final BooleanSupplier leading;
  private final LongSupplier waiting;
  private final Supplier<Optional<ContentFailure>> content;
  private final Supplier<Optional<ProviderHold.Refusal>> provider;
  private final Supplier<Optional<String>> reversal;
  private final Reports reports;
  private final InstantSource clock;

  /**
   * @param backlog empty when the database does not answer; must come within seconds
   * @param leading whether the workers run in this process
   * @param waiting how many commands wait to be stored
   * @param content why the newest drills are not taught; empty when they are
   * @param provider why nothing is sent; empty when it is
   * @param reversal what is known of a database that went back, until the next start
   */
  public OverviewSection(
      Supplier<Optional<Backlog>> backlog,
      BooleanSupplier leading,
      LongSupplier waiting,
      Supplier<Optional<ContentFailure>> content,
      Supplier<Optional<ProviderHold.Refusal>> provider,
      Supplier<Optional<String>> reversal,
      Reports reports,
      InstantSource clock) {
    this.backlog = backlog;
    this.leading = leading;
    this.waiting = waiting;
    this.content = content;
    this.provider = provider;
    this.reversal = reversal;
    this.reports = reports;
    this.clock = clock;
  }

  /**
   * What the page shows.
   *
   * @param backlog null when the database does not answer
   * @param content null when the newest drills are taught
   * @param provider null when messages are sent
   * @param reversal null when the database never went back
   * @param more the address of the next rows; empty when there are none
   */
  record View(
      boolean leads,
      @Nullable Backlog backlog,
      long waiting,
      @Nullable ContentFailure content,
      ProviderHold.@Nullable Refusal provider,
      @Nullable String reversal,
      List<Row> rows,
      String more,
      Instant time) {}

  @Override
  public Link link() {
    return new Link("Overview", Console.PATH);
  }

  @Override
  public List<Step> steps() {
    return List.of(Step.show(Console.PATH, this::show));
  }

  private Answer show(Context context) {
    Backlog now = backlog.get().orElse(null);
    List<Row> rows =
        now == null
            ? List.of()
            : reports
                .completion(Console.PERSON, Filter.ALL, after(context), ROWS)
                .orElseThrow(Problem::of);
    String more = rows.size() < ROWS ? "" : address(rows.getLast());
    return new Answer.Show(
        "overview.jte",
        "Overview",
        new View(
            leading.getAsBoolean(),
            now,
            waiting.getAsLong(),
            content.get().orElse(null),
            provider.get().orElse(null),
            reversal.get().orElse(null),
            rows,
            more,
            clock.instant()));
  }

  private static @Nullable Row after(Context context) {
    String company = context.queryParam("company");
    String unit = context.queryParam("unit");
    String drill = context.queryParam("drill");
    return company == null || unit == null || drill == null
        ? null
        : Given.parse(drill, slug -> new Row(company, unit, new DrillSlug(slug), 0, 0, 0));
  }

  private static String address(Row last) {
    return Console.PATH
        + Given.query(
            "company", last.company(), "unit", last.unit(), "drill", last.drill().value());
  }
}
