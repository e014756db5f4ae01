package co.stopcovid.adapters.json;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AdHocText;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommand.SendAdHocMessage;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.DialogCommand.TriggerReminder;
import co.stopcovid.dialog.DialogCommand.UpdateUser;
import co.stopcovid.dialog.ProfileChanges;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.PromptSlug;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Commands in their wire form: {@code {"type":…,"payload":{…}}}, in files with a {@code seq} beside
 * them.
 */
public final class CommandCodec {
  /** The longest command, in characters. */
  public static final int LONGEST = 1_000_000;

  private static final String RECEIVE_SMS = "INBOUND_SMS";
  private static final String START_DRILL = "START_DRILL";
  private static final String TRIGGER_REMINDER = "TRIGGER_REMINDER";
  private static final String SEND_AD_HOC_MESSAGE = "SEND_AD_HOC_MESSAGE";
  private static final String UPDATE_USER = "UPDATE_USER";
  private static final String KNOWN =
      String.join(
          ", ", RECEIVE_SMS, START_DRILL, TRIGGER_REMINDER, SEND_AD_HOC_MESSAGE, UPDATE_USER);

  /** Who sends a command that does not say so. */
  private static final String SOMEBODY = "operator";

  private static final int LONGEST_TYPE_SHOWN = 40;

  /** A command with its number, where its line has one. */
  public record Line(@Nullable SequenceNumber seq, DialogCommand command) {}

  private CommandCodec() {}

  /**
   * Reads a command.
   *
   * @throws MalformedCommandException when it has not the form of one; the message names the field
   */
  public static DialogCommand decode(String json) {
    return decode(parse(json));
  }

  /** Like {@link #decode(String)}, from a document that was parsed before. */
  public static DialogCommand decode(JsonNode json) {
    try {
      return command(Fields.of(json, "a command"));
    } catch (MalformedCommandException e) {
      throw e;
    } catch (MalformedJsonException e) {
      throw new MalformedCommandException(e);
    }
  }

  /**
   * Reads a command with an optional {@code seq}: a decimal string, or a JSON integer.
   *
   * @throws MalformedCommandException when it has not the form of one; the message names the field
   */
  public static Line decodeLine(String json) {
    JsonNode document = parse(json);
    DialogCommand command = decode(document);
    try {
      Fields fields = Fields.of(document, "a command");
      return new Line(fields.has("seq") ? fields.seq("seq") : null, command);
    } catch (MalformedJsonException e) {
      throw new MalformedCommandException(e);
    }
  }

  public static String encode(DialogCommand command) {
    return Json.write(json -> write(json, null, command));
  }

  /** As {@link #decodeLine} reads it. */
  public static String encode(SequenceNumber seq, DialogCommand command) {
    return Json.write(json -> write(json, seq, command));
  }

  private static JsonNode parse(String json) {
    if (json.length() > LONGEST) {
      throw new MalformedCommandException(
          "a command of %d characters; at most %d are allowed".formatted(json.length(), LONGEST));
    }
    try {
      return Json.parse(json);
    } catch (MalformedJsonException e) {
      throw new MalformedCommandException(e);
    }
  }

  private static DialogCommand command(Fields fields) {
    if (!fields.has("type")) {
      throw fields.malformed("type", "is missing; must be one of " + KNOWN);
    }
    String type = fields.text("type");
    return switch (type) {
      case RECEIVE_SMS -> receiveSms(fields.object("payload"));
      case START_DRILL -> startDrill(fields.object("payload"));
      case TRIGGER_REMINDER -> triggerReminder(fields.object("payload"));
      case SEND_AD_HOC_MESSAGE -> sendAdHocMessage(fields.object("payload"));
      case UPDATE_USER -> updateUser(fields.object("payload"));
      default ->
          throw fields.malformed(
              "type", "unknown command type %s; known are %s".formatted(shown(type), KNOWN));
    };
  }

  private static String shown(String type) {
    return type.length() <= LONGEST_TYPE_SHOWN ? type : type.substring(0, LONGEST_TYPE_SHOWN) + "…";
  }

  private static ReceiveSms receiveSms(Fields payload) {
    var phone = payload.phone("From");
    Map<String, String> webhook = webhook(payload.objectOrNull("twilio_webhook"));
    return payload.value("Body", "a text", body -> new ReceiveSms(phone, body, webhook));
  }

  private static Map<String, String> webhook(@Nullable Fields form) {
    if (form == null) {
      return Map.of();
    }
    var values = new TreeMap<String, String>();
    for (Map.Entry<String, JsonNode> entry : form.entries()) {
      JsonNode value = entry.getValue();
      values.put(entry.getKey(), value.isString() ? value.stringValue() : value.toString());
    }
    return values;
  }

  private static StartDrill startDrill(Fields payload) {
    return new StartDrill(
        payload.phone("phone_number"),
        payload.value("drill_slug", "the slug of a drill", DrillSlug::new),
        StartCauseCodec.read(payload));
  }

  private static TriggerReminder triggerReminder(Fields payload) {
    return new TriggerReminder(
        payload.phone("phone_number"),
        payload.uuid("drill_instance_id"),
        payload.value("prompt_slug", "the slug of a prompt", PromptSlug::new),
        ReminderStep.read(payload));
  }

  private static SendAdHocMessage sendAdHocMessage(Fields payload) {
    var phone = payload.phone("phone_number");
    AdHocText text = AdHocTextCodec.read(payload);
    boolean reply = payload.truthOr("reply", false);
    String sentBy = payload.textOrNull("sent_by");
    try {
      return new SendAdHocMessage(phone, text, reply, sentBy);
    } catch (IllegalArgumentException e) {
      throw payload.malformed(
          text instanceof AdHocText.Label ? "label" : "sent_by", String.valueOf(e.getMessage()));
    }
  }

  private static UpdateUser updateUser(Fields payload) {
    var phone = payload.phone("phone_number");
    ProfileChanges changes = ProfileChangesCodec.read(payload);
    boolean purge = payload.truthOr("purge_drill_state", false);
    String sentBy = payload.textOrNull("sent_by");
    try {
      return new UpdateUser(phone, changes, purge, sentBy == null ? SOMEBODY : sentBy);
    } catch (IllegalArgumentException e) {
      throw payload.malformed("sent_by", String.valueOf(e.getMessage()));
    }
  }

  private static void write(
      JsonGenerator json, @Nullable SequenceNumber seq, DialogCommand command) {
    json.writeStartObject();
    if (seq != null) {
      json.writeStringProperty("seq", seq.toString());
    }
    begin(json, type(command));
    switch (command) {
      case ReceiveSms sms -> {
        json.writeStringProperty("From", sms.phone().value());
        json.writeStringProperty("Body", sms.body());
        json.writeObjectPropertyStart("twilio_webhook");
        // Sorted, because the same command should always be the same text.
        new TreeMap<>(sms.webhook()).forEach(json::writeStringProperty);
        json.writeEndObject();
      }
      case StartDrill start -> {
        json.writeStringProperty("phone_number", start.phone().value());
        json.writeStringProperty("drill_slug", start.drill().value());
        json.writeStringProperty("cause", start.cause().wireName());
      }
      case TriggerReminder reminder -> {
        json.writeStringProperty("phone_number", reminder.phone().value());
        json.writeStringProperty("drill_instance_id", reminder.drillInstanceId().toString());
        json.writeStringProperty("prompt_slug", reminder.prompt().value());
        json.writeNumberProperty("step", reminder.step());
      }
      case SendAdHocMessage message -> {
        json.writeStringProperty("phone_number", message.phone().value());
        AdHocTextCodec.write(json, message.text());
        json.writeBooleanProperty("reply", message.reply());
        Json.writeText(json, "sent_by", message.sentBy());
      }
      case UpdateUser update -> {
        json.writeStringProperty("phone_number", update.phone().value());
        ProfileChangesCodec.write(json, update.changes());
        json.writeBooleanProperty("purge_drill_state", update.purgeDrillState());
        json.writeStringProperty("sent_by", update.sentBy());
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** The wire name of a command's type. */
  public static String type(DialogCommand command) {
    return switch (command) {
      case ReceiveSms sms -> RECEIVE_SMS;
      case StartDrill start -> START_DRILL;
      case TriggerReminder reminder -> TRIGGER_REMINDER;
      case SendAdHocMessage message -> SEND_AD_HOC_MESSAGE;
      case UpdateUser update -> UPDATE_USER;
    };
  }

  private static void begin(JsonGenerator json, String type) {
    json.writeStringProperty("type", type);
    json.writeObjectPropertyStart("payload");
  }
}
