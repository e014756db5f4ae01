package co.stopcovid.adapters.json;

import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogEvent.AdHocMessageSent;
import co.stopcovid.dialog.DialogEvent.AdvancedToNextPrompt;
import co.stopcovid.dialog.DialogEvent.CompletedPrompt;
import co.stopcovid.dialog.DialogEvent.DrillCompleted;
import co.stopcovid.dialog.DialogEvent.DrillStarted;
import co.stopcovid.dialog.DialogEvent.FailedPrompt;
import co.stopcovid.dialog.DialogEvent.NextDrillRequested;
import co.stopcovid.dialog.DialogEvent.OptedOut;
import co.stopcovid.dialog.DialogEvent.ReminderTriggered;
import co.stopcovid.dialog.DialogEvent.UserUpdated;
import co.stopcovid.dialog.DialogEvent.UserValidated;
import co.stopcovid.dialog.DialogEvent.UserValidationFailed;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PromptSlug;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** One event as it stands in its batch. */
final class EventCodec {
  private EventCodec() {}

  static DialogEvent read(
      Fields event, EventType type, Function<String, Optional<DrillVersion>> versions) {
    Instant time = event.time("created_time");
    return switch (type) {
      case DRILL_STARTED ->
          new DrillStarted(
              time,
              instance(event),
              DrillReference.read(event.object("drill"), versions),
              prompt(event),
              StartCauseCodec.read(event));
      case REMINDER_TRIGGERED ->
          new ReminderTriggered(time, instance(event), prompt(event), ReminderStep.read(event));
      case USER_VALIDATED -> {
        Fields verdict = event.object("code_validation_payload");
        yield new UserValidated(time, verdict.truth("is_demo"), AccountInfoCodec.read(verdict));
      }
      case USER_VALIDATION_FAILED -> new UserValidationFailed(time);
      case COMPLETED_PROMPT ->
          new CompletedPrompt(
              time,
              instance(event),
              prompt(event),
              event.text("response"),
              event.textOrListOrNull("stored"),
              event.textOrNull("choice"));
      case FAILED_PROMPT ->
          new FailedPrompt(
              time,
              instance(event),
              prompt(event),
              event.text("response"),
              event.truth("abandoned"),
              event.truthOr("understood", true),
              event.textOrNull("choice"),
              event.textOrNull("feedback"));
      case ADVANCED_TO_NEXT_PROMPT ->
          new AdvancedToNextPrompt(time, instance(event), prompt(event));
      case DRILL_COMPLETED -> new DrillCompleted(time, instance(event));
      case NEXT_DRILL_REQUESTED -> new NextDrillRequested(time);
      // Of the first releases, which left the answer to the provider.
      case OPTED_OUT ->
          new OptedOut(
              time,
              event.uuidOrNull("drill_instance_id"),
              event.truthOr("confirmed_by_provider", true));
      case AD_HOC_MESSAGE_SENT ->
          new AdHocMessageSent(
              time,
              AdHocTextCodec.read(event),
              event.truthOr("reply", false),
              event.textOrNull("sent_by"));
      case USER_UPDATED ->
          new UserUpdated(
              time,
              ProfileChangesCodec.read(event),
              event.truthOr("purge_drill_state", false),
              event.textOrNull("sent_by"),
              event.uuidOrNull("drill_instance_id"),
              event.has("prompt") ? prompt(event) : null);
    };
  }

  private static UUID instance(Fields event) {
    return event.uuid("drill_instance_id");
  }

  private static PromptSlug prompt(Fields event) {
    return event.object("prompt").value("slug", "the slug of a prompt", PromptSlug::new);
  }

  static void write(JsonGenerator json, DialogEvent event, UUID id) {
    json.writeStartObject();
    json.writeStringProperty("event_type", EventType.of(event).name());
    json.writeStringProperty("event_id", id.toString());
    json.writeStringProperty("created_time", Timestamps.format(event.createdTime()));
    switch (event) {
      case DrillStarted e -> {
        instance(json, e.drillInstanceId());
        DrillReference.write(json, e.drill());
        prompt(json, e.prompt());
        json.writeStringProperty("cause", e.cause().wireName());
      }
      case ReminderTriggered e -> {
        instance(json, e.drillInstanceId());
        prompt(json, e.prompt());
        json.writeNumberProperty("step", e.step());
      }
      case UserValidated e -> {
        json.writeObjectPropertyStart("code_validation_payload");
        json.writeBooleanProperty("valid", true);
        json.writeBooleanProperty("is_demo", e.isDemo());
        AccountInfoCodec.write(json, e.accountInfo());
        json.writeEndObject();
      }
      case CompletedPrompt e -> {
        instance(json, e.drillInstanceId());
        prompt(json, e.prompt());
        json.writeStringProperty("response", e.response());
        if (e.stored() != null) {
          json.writeName("stored");
          TextLists.write(json, e.stored());
        }
        graded(json, true, e.choice());
      }
      case FailedPrompt e -> {
        instance(json, e.drillInstanceId());
        prompt(json, e.prompt());
        json.writeStringProperty("response", e.response());
        json.writeBooleanProperty("abandoned", e.abandoned());
        graded(json, e.understood(), e.choice());
        Json.writeText(json, "feedback", e.feedback());
      }
      case AdvancedToNextPrompt e -> {
        instance(json, e.drillInstanceId());
        prompt(json, e.prompt());
      }
      case DrillCompleted e -> instance(json, e.drillInstanceId());
      case OptedOut e -> {
        instance(json, e.drillInstanceId());
        json.writeBooleanProperty("confirmed_by_provider", e.confirmedByProvider());
      }
      case AdHocMessageSent e -> {
        AdHocTextCodec.write(json, e.text());
        json.writeBooleanProperty("reply", e.reply());
        Json.writeText(json, "sent_by", e.sentBy());
      }
      case UserUpdated e -> {
        ProfileChangesCodec.write(json, e.changes());
        json.writeBooleanProperty("purge_drill_state", e.purgeDrillState());
        Json.writeText(json, "sent_by", e.sentBy());
        instance(json, e.drillInstanceId());
        if (e.prompt() == null) {
          json.writeNullProperty("prompt");
        } else {
          prompt(json, e.prompt());
        }
      }
      case UserValidationFailed e -> {}
      case NextDrillRequested e -> {}
    }
    json.writeEndObject();
  }

  private static void instance(JsonGenerator json, @Nullable UUID id) {
    Json.writeText(json, "drill_instance_id", id == null ? null : id.toString());
  }

  private static void graded(JsonGenerator json, boolean understood, @Nullable String choice) {
    json.writeBooleanProperty("understood", understood);
    Json.writeText(json, "choice", choice);
  }

  private static void prompt(JsonGenerator json, PromptSlug slug) {
    json.writeObjectPropertyStart("prompt");
    json.writeStringProperty("slug", slug.value());
    json.writeEndObject();
  }
}
