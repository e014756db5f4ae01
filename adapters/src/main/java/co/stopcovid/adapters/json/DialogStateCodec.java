package co.stopcovid.adapters.json;

import co.stopcovid.dialog.CurrentDrill;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.PromptState;
import co.stopcovid.dialog.WrongCodes;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PromptSlug;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Dialog states as they are stored; of the drill they hold the id of its version. */
public final class DialogStateCodec {
  private DialogStateCodec() {}

  /**
   * Reads a state.
   *
   * @param versions finds a drill version by its id
   * @throws MissingDrillVersionException when the version of the drill under way is not found
   * @throws MalformedJsonException when it has not the form of a state; the message names the field
   */
  public static DialogState decode(String json, Function<String, Optional<DrillVersion>> versions) {
    return decode(Json.parse(json), versions);
  }

  /** Like {@link #decode(String, Function)}, from a document that was parsed before. */
  public static DialogState decode(
      JsonNode json, Function<String, Optional<DrillVersion>> versions) {
    Fields state = Fields.of(json, "a dialog state");
    return new DialogState(
        state.phone("phone_number"),
        state.seq("seq"),
        state.integer("version", 0, Long.MAX_VALUE),
        ProfileCodec.read(state.object("user_profile")),
        state.has("drill") ? current(state, versions) : null,
        wrongCodes(state.objectOrNull("wrong_codes")),
        state.has("requested_version") ? state.integer("requested_version", 0, Long.MAX_VALUE) : 0);
  }

  private static @Nullable WrongCodes wrongCodes(@Nullable Fields codes) {
    return codes == null
        ? null
        : new WrongCodes(
            (int) codes.integer("count", 1, Integer.MAX_VALUE), codes.time("last_time"));
  }

  private static CurrentDrill current(
      Fields state, Function<String, Optional<DrillVersion>> versions) {
    DrillVersion drill = DrillReference.read(state.object("drill"), versions);
    Fields prompt = state.objectOrNull("prompt_state");
    return new CurrentDrill(
        drill, state.uuid("drill_instance_id"), prompt == null ? null : prompt(prompt));
  }

  private static PromptState prompt(Fields prompt) {
    return new PromptState(
        prompt.value("slug", "the slug of a prompt", PromptSlug::new),
        prompt.time("start_time"),
        (int) prompt.integer("failures", 0, Integer.MAX_VALUE),
        prompt.truthOr("unclear", false),
        reminders(prompt),
        prompt.timeOrNull("last_response_time"));
  }

  /** The first releases reminded once only, and stored whether they had. */
  private static int reminders(Fields prompt) {
    int before = prompt.truthOr("reminder_triggered", false) ? 1 : 0;
    return (int) prompt.integerOr("reminders", 0, Integer.MAX_VALUE, before);
  }

  public static String encode(DialogState state) {
    return Json.write(json -> write(json, state));
  }

  private static void write(JsonGenerator json, DialogState state) {
    json.writeStartObject();
    json.writeStringProperty("phone_number", state.phone().value());
    json.writeStringProperty("seq", state.seq().toString());
    json.writeNumberProperty("version", state.version());
    json.writeName("user_profile");
    ProfileCodec.write(json, state.profile());
    CurrentDrill current = state.current();
    if (current == null) {
      json.writeNullProperty("drill");
      json.writeNullProperty("drill_instance_id");
      json.writeNullProperty("prompt_state");
    } else {
      DrillReference.write(json, current.drill());
      json.writeStringProperty("drill_instance_id", current.instanceId().toString());
      write(json, current.prompt());
    }
    WrongCodes wrong = state.wrongCodes();
    if (wrong != null) {
      json.writeObjectPropertyStart("wrong_codes");
      json.writeNumberProperty("count", wrong.count());
      Json.writeTime(json, "last_time", wrong.last());
      json.writeEndObject();
    }
    if (state.requestedVersion() > 0) {
      json.writeNumberProperty("requested_version", state.requestedVersion());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, @Nullable PromptState prompt) {
    if (prompt == null) {
      json.writeNullProperty("prompt_state");
      return;
    }
    json.writeObjectPropertyStart("prompt_state");
    json.writeStringProperty("slug", prompt.slug().value());
    json.writeStringProperty("start_time", Timestamps.format(prompt.startTime()));
    json.writeNumberProperty("failures", prompt.failures());
    json.writeBooleanProperty("unclear", prompt.unclear());
    json.writeNumberProperty("reminders", prompt.reminders());
    Instant last = prompt.lastResponseTime();
    Json.writeText(json, "last_response_time", last == null ? null : Timestamps.format(last));
    json.writeEndObject();
  }
}
