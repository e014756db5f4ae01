package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.desk.Commands;
import co.stopcovid.dialog.CommandOutcomes;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /commands}: takes commands in their wire form, one or several, and answers with their
 * numbers once they are committed. {@code GET /commands/{seq}}: what became of one.
 */
public final class CommandResource implements Resource {
  /** How many commands one request may bring. */
  public static final int MOST = 500;

  static final int LARGEST_BODY = 1_000_000;

  private static final String KEY_HEADER = "Idempotency-Key";
  private static final int LONGEST_KEY = 150;

  private final Commands commands;

  public CommandResource(Commands commands) {
    this.commands = commands;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.post("/commands", this::take), Route.get("/commands/{seq}", this::fate));
  }

  private Reply fate(Call call) {
    SequenceNumber seq = Request.path(call, "seq", SequenceNumber::parse);
    CommandOutcomes.Fate fate = Reply.value(commands.fate(call.by(), seq));
    return Reply.object(
        json -> {
          write(json, seq);
          write(json, fate);
        });
  }

  private static void write(JsonGenerator json, CommandOutcomes.Fate fate) {
    switch (fate) {
      case CommandOutcomes.Fate.Waiting() -> json.writeStringProperty("state", "waiting");
      case CommandOutcomes.Fate.PutOff(String reason) -> {
        json.writeStringProperty("state", "put_off");
        json.writeStringProperty("reason", reason);
      }
      case CommandOutcomes.Fate.Rejected(String reason, long letter) -> {
        json.writeStringProperty("state", "rejected");
        json.writeStringProperty("reason", reason);
        json.writeStringProperty("dead_letter", Long.toString(letter));
      }
      case CommandOutcomes.Fate.Processed(long version, List<String> events) -> {
        json.writeStringProperty("state", "processed");
        json.writeNumberProperty("version", version);
        json.writeArrayPropertyStart("events");
        events.forEach(json::writeString);
        json.writeEndArray();
      }
    }
  }

  private Reply take(Call call) throws IOException {
    String key = key(call);
    JsonNode body = Request.json(call, LARGEST_BODY);
    if (!body.isArray()) {
      var command = new NewCommand(CommandCodec.decode(body), prefixed(key));
      return taken(Reply.value(commands.take(call.by(), command)));
    }
    List<SequenceNumber> numbers = Reply.value(commands.takeAll(call.by(), several(body, key)));
    return Reply.object(
        HttpStatus.ACCEPTED,
        json -> {
          json.writeArrayPropertyStart("items");
          for (SequenceNumber seq : numbers) {
            json.writeStartObject();
            write(json, seq);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** A command is taken; where to ask what became of it. */
  static Reply taken(SequenceNumber seq) {
    return Reply.object(HttpStatus.ACCEPTED, json -> write(json, seq))
        .with("Location", "%s/commands/%s".formatted(Api.BASE, seq));
  }

  private static void write(JsonGenerator json, SequenceNumber seq) {
    json.writeStringProperty("seq", seq.toString());
  }

  private static List<NewCommand> several(JsonNode array, @Nullable String key) {
    if (array.isEmpty() || array.size() > MOST) {
      throw Problem.badRequest(
          "%d commands; one request takes 1 to %d".formatted(array.size(), MOST));
    }
    List<NewCommand> several = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      try {
        several.add(
            new NewCommand(
                CommandCodec.decode(array.get(i)),
                key == null ? null : "api[%d] %s".formatted(i, key)));
      } catch (MalformedJsonException e) {
        throw Problem.badRequest("[%d].%s".formatted(i, e.getMessage()));
      }
    }
    return several;
  }

  /** Keys have a prefix, so that none is taken for the provider's or the engine's. */
  static @Nullable String prefixed(@Nullable String key) {
    return key == null ? null : "api " + key;
  }

  /** The caller's name for what is asked; null when there is none. */
  static @Nullable String key(Call call) {
    String key = call.header(KEY_HEADER);
    if (key == null) {
      return null;
    }
    boolean visible = key.chars().allMatch(c -> c >= ' ' && c < 127);
    if (key.isBlank() || !visible || key.length() > LONGEST_KEY) {
      throw Problem.badRequest(
          "%s: must have 1 to %d visible ASCII characters".formatted(KEY_HEADER, LONGEST_KEY));
    }
    return key;
  }
}
