package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Fields;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.ValidCodeCodec;
import co.stopcovid.adapters.languages.UsableCodes;
import co.stopcovid.desk.Codes;
import co.stopcovid.dialog.CodeBook;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.standalone.http.Problem;
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

  private final Codes codes;

  public CodeResource(Codes codes) {
    this.codes = codes;
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

  private Reply list(Call call) {
    RegistrationCode after =
        Request.query(call, "after", text -> new RegistrationCode(Cursor.decode(text, 1).part(0)));
    int limit = Request.limit(call);
    List<CodeBook.Entry> page = Reply.value(codes.page(call.by(), after, limit));
    return Reply.page(
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

  private Reply show(Call call) {
    CodeVerdict.Valid verdict = Reply.value(codes.show(call.by(), code(call)));
    return Reply.json(json -> write(json, verdict));
  }

  private static RegistrationCode code(Call call) {
    return Request.path(call, "code", RegistrationCode::new);
  }

  private Reply put(Call call) throws IOException {
    RegistrationCode code = Request.path(call, "code", UsableCodes::parse);
    CodeVerdict.Valid verdict =
        ValidCodeCodec.read(Fields.of(Request.json(call, LARGEST_BODY), "what a code stands for"));
    Reply.value(codes.put(call.by(), Map.of(code, verdict)));
    return Reply.json(json -> write(json, verdict));
  }

  private Reply putAll(Call call) throws IOException {
    Fields body = Fields.of(Request.json(call, LARGEST_IMPORT), "the codes");
    Map<RegistrationCode, CodeVerdict.Valid> added = new LinkedHashMap<>();
    int place = 0;
    for (Map.Entry<String, JsonNode> entry : body.entries()) {
      place++;
      add(added, entry, place);
    }
    int changed = Reply.value(codes.put(call.by(), added));
    return Reply.object(
        json -> {
          json.writeNumberProperty("codes", added.size());
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

  private Reply remove(Call call) {
    return Reply.nothing(codes.remove(call.by(), code(call)));
  }
}
