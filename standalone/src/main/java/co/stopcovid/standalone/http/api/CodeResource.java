package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Fields;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.ValidCodeCodec;
import co.stopcovid.adapters.languages.UsableCodes;
import co.stopcovid.dialog.CodeBook;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** {@code /codes}: the registration codes that are kept in the database, in any case. */
public final class CodeResource implements Resource {
  static final int LARGEST_IMPORT = 5_000_000;

  private static final int MOST = 20_000;
  private static final int LARGEST_BODY = 100_000;

  private final CodeBook book;

  public CodeResource(CodeBook book) {
    this.book = book;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/codes", this::list),
        Route.post("/codes", this::putAll),
        Route.get("/codes/{code}", this::show),
        Route.put("/codes/{code}", this::put),
        Route.delete("/codes/{code}", this::remove));
  }

  private void list(Context context) {
    RegistrationCode after =
        Request.query(
            context, "after", text -> new RegistrationCode(Cursor.decode(text, 1).part(0)));
    int limit = Request.limit(context);
    List<CodeBook.Entry> page = book.page(after, limit);
    Reply.page(
        context,
        page,
        page.size() < limit ? null : Cursor.encode(page.getLast().code().value()),
        (json, entry) -> {
          json.writeStartObject();
          json.writeStringProperty("code", entry.code().value());
          json.writeName("stands_for");
          write(json, entry.verdict());
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, CodeVerdict.Valid verdict) {
    json.writeRawValue(ValidCodeCodec.encode(verdict));
  }

  private void show(Context context) {
    CodeVerdict.Valid verdict = book.find(code(context)).orElseThrow(CodeResource::unknown);
    Reply.json(context, HttpStatus.OK, json -> write(json, verdict));
  }

  private static RegistrationCode code(Context context) {
    return Request.path(context, "code", RegistrationCode::new);
  }

  private static Problem unknown() {
    return Problem.notFound("there is no such code");
  }

  private void put(Context context) throws IOException {
    RegistrationCode code = Request.path(context, "code", UsableCodes::parse);
    CodeVerdict.Valid verdict =
        ValidCodeCodec.read(
            Fields.of(Request.json(context, LARGEST_BODY), "what a code stands for"));
    book.put(Map.of(code, verdict));
    Reply.json(context, HttpStatus.OK, json -> write(json, verdict));
  }

  private void putAll(Context context) throws IOException {
    Fields body = Fields.of(Request.json(context, LARGEST_IMPORT), "the codes");
    Map<RegistrationCode, CodeVerdict.Valid> codes = new LinkedHashMap<>();
    int place = 0;
    for (Map.Entry<String, JsonNode> entry : body.entries()) {
      place++;
      add(codes, entry, place);
    }
    int changed = book.put(codes);
    Reply.object(
        context,
        HttpStatus.OK,
        json -> {
          json.writeNumberProperty("codes", codes.size());
          json.writeNumberProperty("new_or_changed", changed);
        });
  }

  /** Errors name a code by its place, because the codes themselves are secret. */
  private static void add(
      Map<RegistrationCode, CodeVerdict.Valid> codes,
      Map.Entry<String, JsonNode> entry,
      int place) {
    if (place > MOST) {
      throw Problem.badRequest("more than %d codes; send them in parts".formatted(MOST));
    }
    try {
      if (entry.getKey().indexOf('\0') >= 0) {
        throw new IllegalArgumentException("must not hold the character NUL");
      }
      RegistrationCode code = UsableCodes.parse(entry.getKey());
      Fields fields = Fields.of(entry.getValue(), "what a code stands for");
      if (codes.putIfAbsent(code, ValidCodeCodec.read(fields)) != null) {
        throw new IllegalArgumentException(
            "is there twice (capital and small letters make no difference)");
      }
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw Problem.badRequest("code %d: %s".formatted(place, e.getMessage()));
    }
  }

  private void remove(Context context) {
    if (!book.remove(code(context))) {
      throw unknown();
    }
    context.status(HttpStatus.NO_CONTENT);
  }
}
