package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.report.CompletionCsv;
import co.stopcovid.desk.Reports;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.CompletionReport.Filter;
import co.stopcovid.progress.CompletionReport.Row;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.HttpStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /progress/completion}: by company, unit and drill, as JSON in pages or as CSV as a
 * whole.
 */
public final class CompletionResource implements Resource {
  private static final int MOST_LINES = 200_000;

  private final Reports reports;

  public CompletionResource(Reports reports) {
    this.reports = reports;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/progress/completion", this::show));
  }

  private Reply show(Call call) {
    Boolean demo = Request.truth(call, "demo");
    var filter =
        new Filter(
            Request.query(call, "company", text -> text),
            Request.query(call, "unit", text -> text),
            demo != null && demo);
    if (wantsCsv(call)) {
      return csv(call, filter);
    }
    Row after = Request.query(call, "after", CompletionResource::place);
    int limit = Request.limit(call);
    List<Row> page = Reply.value(reports.completion(call.by(), filter, after, limit));
    return Reply.page(
        page, page.size() < limit ? null : next(page.getLast()), CompletionResource::write);
  }

  private static String next(Row last) {
    return Cursor.encode(last.company(), last.unit(), last.drill().value());
  }

  private static boolean wantsCsv(Call call) {
    String format =
        Request.query(
            call,
            "format",
            text -> {
              if (!List.of("csv", "json").contains(text)) {
                throw new IllegalArgumentException("must be csv or json");
              }
              return text;
            });
    String accept = call.header("Accept");
    return format != null ? format.equals("csv") : accept != null && accept.contains("text/csv");
  }

  private static Row place(String text) {
    Cursor cursor = Cursor.decode(text, 3);
    return new Row(cursor.part(0), cursor.part(1), new DrillSlug(cursor.part(2)), 0, 0, 0);
  }

  private static void write(JsonGenerator json, Row row) {
    json.writeStartObject();
    json.writeStringProperty("company", row.company());
    json.writeStringProperty("unit", row.unit());
    json.writeStringProperty("drill_slug", row.drill().value());
    json.writeNumberProperty("learners", row.learners());
    json.writeNumberProperty("started", row.started());
    json.writeNumberProperty("completed", row.completed());
    json.writeNumberProperty("started_rate", row.startedRate());
    json.writeNumberProperty("completed_rate", row.completedRate());
    json.writeEndObject();
  }

  /** Made before it is sent, so that nobody takes a part of it for the whole. */
  private Reply csv(Call call, Filter filter) {
    var csv = new StringBuilder(CompletionCsv.HEADER);
    int lines = 0;
    List<Row> page = page(call, filter, null);
    while (!page.isEmpty()) {
      lines += page.size();
      if (lines > MOST_LINES) {
        throw Problem.of(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "the report has more than %d lines; ask for a company".formatted(MOST_LINES));
      }
      csv.append(CompletionCsv.lines(page));
      page = page(call, filter, page.getLast());
    }
    return Reply.text("text/csv; charset=utf-8", csv.toString())
        .with("Content-Disposition", "attachment; filename=\"completion.csv\"");
  }

  private List<Row> page(Call call, Filter filter, @Nullable Row after) {
    return Reply.value(reports.completion(call.by(), filter, after, Request.LARGEST_PAGE));
  }
}
