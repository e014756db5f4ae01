package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Json;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Answers in JSON. */
final class Reply {
  private Reply() {}

  static void json(Context context, HttpStatus status, Consumer<JsonGenerator> content) {
    context.status(status).contentType("application/json").result(Json.write(content));
  }

  /** An object with the given fields. */
  static void object(Context context, HttpStatus status, Consumer<JsonGenerator> fields) {
    json(
        context,
        status,
        json -> {
          json.writeStartObject();
          fields.accept(json);
          json.writeEndObject();
        });
  }

  /**
   * A page: {@code {"items":[…],"next":…}}.
   *
   * @param next what to ask for the next page with; null when there is none
   */
  static <T> void page(
      Context context, List<T> items, @Nullable String next, BiConsumer<JsonGenerator, T> writer) {
    object(
        context,
        HttpStatus.OK,
        json -> {
          json.writeArrayPropertyStart("items");
          items.forEach(item -> writer.accept(json, item));
          json.writeEndArray();
          Json.writeText(json, "next", next);
        });
  }
}
