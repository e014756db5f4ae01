package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.dialog.DeadLetters.Stored;
import co.stopcovid.standalone.http.Problem;
import co.stopcovid.standalone.workers.DeadLetterRedrive;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** {@code /dead-letters}: what could not be processed, and what a person does about it. */
public final class DeadLetterResource implements Resource {
  private final DeadLetters letters;
  private final DeadLetterRedrive redrive;

  public DeadLetterResource(DeadLetters letters, CommandStream commands) {
    this.letters = letters;
    this.redrive = new DeadLetterRedrive(letters, commands);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/dead-letters", this::list),
        Route.get("/dead-letters/{id}", this::show),
        Route.delete("/dead-letters/{id}", this::remove),
        Route.post("/dead-letters/{id}/redrive", this::redrive));
  }

  private void list(Context context) {
    String source = Request.query(context, "source", text -> text);
    Long given = Request.query(context, "after", DeadLetterResource::id);
    long after = given == null ? 0 : given;
    int limit = Request.limit(context);
    List<Stored> page =
        source == null ? letters.after(after, limit) : letters.after(source, after, limit);
    Reply.page(
        context,
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

  private void show(Context context) {
    Stored stored = find(context);
    Reply.json(context, HttpStatus.OK, json -> write(json, stored, true));
  }

  private Stored find(Context context) {
    return letters
        .find(Request.path(context, "id", DeadLetterResource::id))
        .orElseThrow(DeadLetterResource::unknown);
  }

  private static Problem unknown() {
    return Problem.notFound("there is no such dead letter");
  }

  private void remove(Context context) {
    if (!letters.delete(Request.path(context, "id", DeadLetterResource::id))) {
      throw unknown();
    }
    context.status(HttpStatus.NO_CONTENT);
  }

  private void redrive(Context context) {
    long id = Request.path(context, "id", DeadLetterResource::id);
    switch (redrive.redrive(id)) {
      case DeadLetterRedrive.Result.Redriven(SequenceNumber seq) ->
          Reply.object(
              context,
              HttpStatus.ACCEPTED,
              json -> json.writeStringProperty("seq", seq.toString()));
      case DeadLetterRedrive.Result.Unknown unknown -> throw unknown();
      case DeadLetterRedrive.Result.NoCommand(String reason) ->
          throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, reason);
    }
  }
}
