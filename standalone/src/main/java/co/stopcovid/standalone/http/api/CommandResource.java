package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandOutcomes;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private final CommandStream commands;
  private final CommandOutcomes outcomes;
  private final DrillCatalogue drills;
  private final DialogStore dialogs;

  public CommandResource(
      CommandStream commands,
      CommandOutcomes outcomes,
      DrillCatalogue drills,
      DialogStore dialogs) {
    this.commands = commands;
    this.outcomes = outcomes;
    this.drills = drills;
    this.dialogs = dialogs;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.post("/commands", this::take), Route.get("/commands/{seq}", this::fate));
  }

  private void fate(Context context) {
    SequenceNumber seq = Request.path(context, "seq", SequenceNumber::parse);
    CommandOutcomes.Fate fate =
        outcomes
            .find(seq)
            .orElseThrow(
                () ->
                    Problem.notFound(
                        "there is no command with this number, or it is forgotten by now"));
    Reply.object(
        context,
        HttpStatus.OK,
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

  /**
   * Refuses what could only be rejected, or would do nothing, while somebody is there to be told.
   */
  private void checkStarts(List<NewCommand> added, boolean alone) {
    Set<PhoneNumber> phones = new LinkedHashSet<>();
    for (NewCommand command : added) {
      if (command.command() instanceof StartDrill start) {
        phones.add(start.phone());
      }
    }
    Map<PhoneNumber, DialogState> states = phones.isEmpty() ? Map.of() : dialogs.load(phones);
    for (int i = 0; i < added.size(); i++) {
      if (added.get(i).command() instanceof StartDrill start) {
        check(start, states.get(start.phone()), alone ? "" : "[%d].".formatted(i));
      }
    }
  }

  private void check(StartDrill start, @Nullable DialogState state, String place) {
    if (drills.find(start.drill()).isEmpty()) {
      throw Problem.badRequest(
          "%spayload.drill_slug: there is no drill %s; GET /drills lists them"
              .formatted(place, start.drill().value()));
    }
    UserProfile profile = state == null ? UserProfile.NEW : state.profile();
    if (profile.optedOut()) {
      throw Problem.conflict(
          "%spayload.phone_number: this learner has opted out; only the learner can come back, by texting START"
              .formatted(place));
    }
    if (!profile.validated()) {
      throw Problem.conflict(
          "%spayload.phone_number: this number is not registered; the learner must text a code first"
              .formatted(place));
    }
  }

  private void take(Context context) throws IOException {
    String key = key(context);
    JsonNode body = Request.json(context, LARGEST_BODY);
    if (body.isArray()) {
      List<NewCommand> several = several(body, key);
      checkStarts(several, false);
      List<SequenceNumber> numbers = commands.append(several);
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
      checkStarts(List.of(command), true);
      SequenceNumber seq = commands.append(List.of(command)).getFirst();
      context.header("Location", "%s/commands/%s".formatted(Api.BASE, seq));
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
