package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.adapters.json.Fields;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.desk.Conversation;
import co.stopcovid.desk.Conversation.Moment;
import co.stopcovid.desk.KnownLearner;
import co.stopcovid.desk.Learners;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.standalone.http.Problem;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** {@code /learners}: who they are, where their dialogs stand, what was said. */
public final class LearnerResource implements Resource {
  private static final int LARGEST_BODY = 10_000;

  private final Learners learners;

  public LearnerResource(Learners learners) {
    this.learners = learners;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/learners", this::list),
        Route.get("/learners/{phone}", this::show),
        Route.get("/learners/{phone}/messages", this::conversation),
        Route.get("/learners/{phone}/events", this::events),
        Route.post("/learners/{phone}/numbers", this::link),
        Route.post("/learners/{phone}/rebuild", this::rebuild));
  }

  private Reply list(Call call) {
    String company = Request.query(call, "company", text -> text);
    LearnerId after = Request.query(call, "after", LearnerResource::learner);
    Boolean silent = Request.query(call, "silent", LearnerResource::truth);
    int limit = Request.limit(call);
    if (silent != null && company != null) {
      throw Problem.badRequest("silent: cannot be asked for together with company");
    }
    List<LearnerProgress> page =
        Reply.value(
            silent == null
                ? learners.page(call.by(), company, after, limit)
                : learners.silent(call.by(), after, limit));
    return Reply.page(
        page,
        page.size() < limit ? null : page.getLast().id().toString(),
        LearnerJson::writeSummary);
  }

  private static Boolean truth(String text) {
    if (!text.equals("true")) {
      throw new IllegalArgumentException("must be true, or left out");
    }
    return true;
  }

  private static LearnerId learner(String text) {
    try {
      return new LearnerId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be a learner's id", e);
    }
  }

  private Reply show(Call call) {
    KnownLearner known = Reply.value(learners.show(call.by(), Request.phone(call)));
    return Reply.json(json -> LearnerJson.writeWhole(json, known));
  }

  private Reply conversation(Call call) {
    PhoneNumber phone = Request.phone(call);
    Moment after = Request.query(call, "after", LearnerResource::moment);
    Conversation page =
        Reply.value(learners.conversation(call.by(), phone, after, Request.limit(call)));
    Moment earlier = page.earlier();
    return Reply.page(
        page.messages(), earlier == null ? null : cursor(earlier), MessageJson::write);
  }

  private static Moment moment(String text) {
    Cursor cursor = Cursor.decode(text, 2);
    return new Moment(cursor.time(0), Math.clamp(cursor.number(1), -1, Integer.MAX_VALUE));
  }

  private static String cursor(Moment moment) {
    return Cursor.encode(
        Long.toString(moment.time().toEpochMilli()), Integer.toString(moment.shown()));
  }

  private Reply events(Call call) {
    PhoneNumber phone = Request.phone(call);
    Long after = Request.query(call, "after", LearnerResource::version);
    int limit = Request.limit(call);
    List<EventBatch> page =
        Reply.value(learners.events(call.by(), phone, after == null ? 0 : after, limit));
    return Reply.page(
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

  private Reply link(Call call) throws IOException {
    PhoneNumber phone = Request.phone(call);
    PhoneNumber additional =
        Fields.of(Request.json(call, LARGEST_BODY), "the body")
            .only("phone_number")
            .phone("phone_number");
    LearnerProgress linked = Reply.value(learners.link(call.by(), phone, additional));
    return Reply.json(json -> LearnerJson.writeSummary(json, linked));
  }

  private Reply rebuild(Call call) {
    return RebuildJson.reply(Reply.value(learners.rebuild(call.by(), Request.phone(call))));
  }
}
