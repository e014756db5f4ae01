package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.adapters.json.Fields;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.progress.LearnerDirectory;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressStore;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /learners}: who they are, where their dialogs stand, how far they have come. */
public final class LearnerResource implements Resource {
  private static final int LARGEST_BODY = 10_000;

  private final LearnerDirectory directory;
  private final ProgressStore progress;
  private final DialogStore dialogs;
  private final EventHistory history;

  public LearnerResource(
      LearnerDirectory directory,
      ProgressStore progress,
      DialogStore dialogs,
      EventHistory history) {
    this.directory = directory;
    this.progress = progress;
    this.dialogs = dialogs;
    this.history = history;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/learners", this::list),
        Route.get("/learners/{phone}", this::show),
        Route.get("/learners/{phone}/events", this::events),
        Route.post("/learners/{phone}/numbers", this::link));
  }

  private void list(Context context) {
    String company = Request.query(context, "company", text -> text);
    LearnerId after = Request.query(context, "after", LearnerResource::learner);
    int limit = Request.limit(context);
    List<LearnerProgress> page = directory.page(company, after, limit);
    Reply.page(
        context,
        page,
        page.size() < limit ? null : page.getLast().id().toString(),
        LearnerJson::writeSummary);
  }

  private static LearnerId learner(String text) {
    try {
      return new LearnerId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be a learner's id", e);
    }
  }

  private void show(Context context) {
    PhoneNumber phone = Request.phone(context);
    LearnerProgress learner = progress.find(Set.of(phone)).get(phone);
    DialogState state = dialogs.load(Set.of(phone)).get(phone);
    if (learner == null && state != null && state.version() == 0) {
      throw unknown();
    }
    Reply.json(context, HttpStatus.OK, json -> LearnerJson.writeWhole(json, phone, learner, state));
  }

  private static Problem unknown() {
    return Problem.notFound("no learner with this number is known");
  }

  private void events(Context context) {
    PhoneNumber phone = Request.phone(context);
    Long after = Request.query(context, "after", LearnerResource::version);
    int limit = Request.limit(context);
    List<EventBatch> page = history.after(phone, after == null ? 0 : after, limit);
    Reply.page(
        context,
        page,
        page.size() < limit ? null : Long.toString(page.getLast().version()),
        (json, batch) -> json.writeRawValue(EventBatchCodec.encode(batch)));
  }

  private static Long version(String text) {
    long version = Long.parseLong(text);
    if (version < 0) {
      throw new IllegalArgumentException("must be a version, 0 or above");
    }
    return version;
  }

  private void link(Context context) throws IOException {
    PhoneNumber phone = Request.phone(context);
    PhoneNumber additional =
        Fields.of(Request.json(context, LARGEST_BODY), "the body").phone("phone_number");
    LearnerProgress learner = find(phone);
    if (learner == null) {
      throw unknown();
    }
    if (!progress.link(learner.id(), additional)) {
      throw Problem.conflict("phone_number: belongs to another learner");
    }
    LearnerProgress linked = find(phone);
    Reply.json(
        context,
        HttpStatus.OK,
        json -> LearnerJson.writeSummary(json, linked == null ? learner : linked));
  }

  private @Nullable LearnerProgress find(PhoneNumber phone) {
    return progress.find(Set.of(phone)).get(phone);
  }
}
