package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /commands}: takes commands in their wire form, one or several, and answers with their
 * numbers once they are committed.
 */
public final class CommandResource implements Resource {
  /** How many commands one request may bring. */
  public static final int MOST = 500;

  static final int LARGEST_BODY = 1_000_000;

  private static final String KEY_HEADER = "Idempotency-Key";
  private static final int LONGEST_KEY = 150;

  private final CommandStream commands;

  public CommandResource(CommandStream commands) {
    this.commands = commands;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.post("/commands", this::take));
  }

  private void take(Context context) throws IOException {
    String key = key(context);
    JsonNode body = Request.json(context, LARGEST_BODY);
    if (body.isArray()) {
      List<SequenceNumber> numbers = commands.append(several(body, key));
      Reply.object(
          context,
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
    } else {
      var command = new NewCommand(CommandCodec.decode(body), key == null ? null : "api " + key);
      SequenceNumber seq = commands.append(List.of(command)).getFirst();
      Reply.object(context, HttpStatus.ACCEPTED, json -> write(json, seq));
    }
  }

  private static void write(JsonGenerator json, SequenceNumber seq) {
    json.writeStringProperty("seq", seq.toString());
  }

  /** Keys have a prefix, so that none is taken for the provider's or the engine's. */
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

  private static @Nullable String key(Context context) {
    String key = context.header(KEY_HEADER);
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
