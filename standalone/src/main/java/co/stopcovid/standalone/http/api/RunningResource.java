package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.desk.AuditEntry;
import co.stopcovid.desk.AuditLog;
import co.stopcovid.desk.Lags;
import co.stopcovid.desk.Reports;
import co.stopcovid.progress.ScheduledDrill;
import co.stopcovid.standalone.http.Problem;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** How the system runs: what is scheduled, what is behind, who did what, and the rebuild. */
public final class RunningResource implements Resource {
  private static final int USUAL_HOURS = 24;
  private static final int MOST_HOURS = 24 * 14;
  private static final int MOST_SCHEDULED = Request.LARGEST_PAGE;

  private final Reports reports;

  public RunningResource(Reports reports) {
    this.reports = reports;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/schedule", this::schedule),
        Route.get("/lags", this::lags),
        Route.get("/audit", this::audit),
        Route.post(
            "/progress/rebuild",
            call -> RebuildJson.reply(Reply.value(reports.rebuild(call.by())))));
  }

  private Reply schedule(Call call) {
    Integer given = Request.query(call, "hours", Integer::valueOf);
    int hours = given == null ? USUAL_HOURS : given;
    if (hours < 1 || hours > MOST_HOURS) {
      throw Problem.badRequest("hours: must be 1 to " + MOST_HOURS);
    }
    List<ScheduledDrill> drills =
        Reply.value(reports.schedule(call.by(), Duration.ofHours(hours), MOST_SCHEDULED));
    return Reply.page(drills, null, RunningResource::write);
  }

  private static void write(JsonGenerator json, ScheduledDrill drill) {
    json.writeStartObject();
    json.writeStringProperty("learner_id", drill.learner().toString());
    json.writeStringProperty("drill_slug", drill.drill().value());
    Json.writeTime(json, "due_time", drill.due());
    Json.writeTime(json, "window_end", drill.windowEnd());
    json.writeEndObject();
  }

  private Reply lags(Call call) {
    return Reply.page(Reply.value(reports.lags(call.by())), null, RunningResource::write);
  }

  private static void write(JsonGenerator json, Lags.Lag lag) {
    json.writeStartObject();
    json.writeStringProperty("consumer", lag.consumer());
    json.writeNumberProperty("behind", lag.behind());
    json.writeNumberProperty("lag_seconds", lag.age().toSeconds());
    json.writeEndObject();
  }

  private Reply audit(Call call) {
    Long before = Request.query(call, "after", RunningResource::id);
    int limit = Request.limit(call);
    List<AuditLog.Stored> page = Reply.value(reports.audit(call.by(), before, limit));
    return Reply.page(
        page,
        page.size() < limit ? null : Long.toString(page.getLast().id()),
        RunningResource::write);
  }

  private static Long id(String text) {
    long id = Long.parseLong(text);
    if (id < 0) {
      throw new IllegalArgumentException("is not what a page gave as next");
    }
    return id;
  }

  private static void write(JsonGenerator json, AuditLog.Stored stored) {
    AuditEntry entry = stored.entry();
    json.writeStartObject();
    json.writeStringProperty("id", Long.toString(stored.id()));
    Json.writeTime(json, "time", entry.time());
    json.writeStringProperty("by", entry.by());
    json.writeStringProperty("operation", entry.operation());
    json.writeStringProperty("on", entry.on());
    json.writeStringProperty("outcome", entry.outcome().wireName());
    json.writeEndObject();
  }
}
