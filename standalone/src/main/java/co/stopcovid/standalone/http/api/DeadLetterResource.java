package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.desk.Letters;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters.Stored;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** {@code /dead-letters}: what could not be processed, and what a person does about it. */
public final class DeadLetterResource implements Resource {
  private final Letters letters;

  public DeadLetterResource(Letters letters) {
    this.letters = letters;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/dead-letters", this::list),
        Route.get("/dead-letters/{id}", this::show),
        Route.delete(
            "/dead-letters/{id}", call -> Reply.nothing(letters.drop(call.by(), named(call)))),
        Route.post("/dead-letters/{id}/redrive", this::redrive));
  }

  private Reply list(Call call) {
    String source = Request.query(call, "source", text -> text);
    Long given = Request.query(call, "after", DeadLetterResource::id);
    int limit = Request.limit(call);
    List<Stored> page =
        Reply.value(letters.page(call.by(), source, given == null ? 0 : given, limit));
    return Reply.page(
        page,
        page.size() < limit ? null : Long.toString(page.getLast().id()),
        (json, stored) -> write(json, stored, false));
  }

  private static Long id(String text) {
    long id = Long.parseLong(text);
    if (id < 0) {
      throw new IllegalArgumentException("must be the id of a dead letter");
    }
    return id;
  }

  private static void write(JsonGenerator json, Stored stored, boolean whole) {
    DeadLetter letter = stored.letter();
    json.writeStartObject();
    json.writeStringProperty("id", Long.toString(stored.id()));
    json.writeStringProperty("source", letter.source());
    json.writeStringProperty("source_id", letter.sourceId());
    json.writeStringProperty("reason", letter.reason());
    Json.writeTime(json, "created_time", letter.createdTime());
    if (whole) {
      json.writeStringProperty("payload", letter.payload());
    }
    json.writeEndObject();
  }

  private Reply show(Call call) {
    Stored stored = Reply.value(letters.show(call.by(), named(call)));
    return Reply.json(json -> write(json, stored, true));
  }

  private static long named(Call call) {
    return Request.path(call, "id", DeadLetterResource::id);
  }

  private Reply redrive(Call call) {
    return CommandResource.taken(Reply.value(letters.redrive(call.by(), named(call))));
  }
}
