package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.ProfileCodec;
import co.stopcovid.desk.KnownLearner;
import co.stopcovid.dialog.CurrentDrill;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.PromptState;
import co.stopcovid.progress.DrillStatus;
import co.stopcovid.progress.LearnerPhone;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.Silence;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/** Learners as the API shows them. */
final class LearnerJson {
  private LearnerJson() {}

  static void writeSummary(JsonGenerator json, LearnerProgress learner) {
    json.writeStartObject();
    writeLearner(json, learner);
    json.writeEndObject();
  }

  static void writeWhole(JsonGenerator json, KnownLearner known) {
    LearnerProgress learner = known.progress();
    DialogState state = known.dialog();
    json.writeStartObject();
    if (learner != null) {
      writeLearner(json, learner);
      json.writeArrayPropertyStart("drills");
      learner.statuses().forEach(status -> write(json, status));
      json.writeEndArray();
    } else {
      writeUnfollowed(json, known);
    }
    json.writeName("dialog");
    if (state == null) {
      json.writeNull();
    } else {
      write(json, state);
    }
    json.writeEndObject();
  }

  private static void writeLearner(JsonGenerator json, LearnerProgress learner) {
    json.writeStringProperty("learner_id", learner.id().toString());
    json.writeArrayPropertyStart("phone_numbers");
    learner.phones().forEach(phone -> write(json, phone));
    json.writeEndArray();
    json.writeName("user_profile");
    ProfileCodec.write(json, learner.profile());
    Json.writeTime(json, "last_interacted_time", learner.lastInteractedTime());
    json.writeStringProperty("silence", learner.unasked().silence().wireName());
    json.writeNumberProperty("unanswered_sessions", learner.unasked().unanswered());
    Json.writeTime(json, "last_unasked_time", learner.unasked().last());
    json.writeObjectPropertyStart("progress");
    json.writeNumberProperty("drills", learner.statuses().size());
    json.writeNumberProperty(
        "started",
        learner.statuses().stream().filter(s -> s.isStarted() || s.isCompleted()).count());
    json.writeNumberProperty(
        "completed", learner.statuses().stream().filter(DrillStatus::isCompleted).count());
    json.writeEndObject();
  }

  /** In the same form, of a learner whom only the dialog knows yet. */
  private static void writeUnfollowed(JsonGenerator json, KnownLearner known) {
    json.writeNullProperty("learner_id");
    json.writeArrayPropertyStart("phone_numbers");
    write(json, LearnerPhone.silent(known.phone(), true));
    json.writeEndArray();
    json.writeName("user_profile");
    ProfileCodec.write(json, known.profile());
    json.writeNullProperty("last_interacted_time");
    json.writeStringProperty("silence", Silence.NONE.wireName());
    json.writeNumberProperty("unanswered_sessions", 0);
    json.writeNullProperty("last_unasked_time");
    json.writeNullProperty("progress");
    json.writeArrayPropertyStart("drills");
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, LearnerPhone phone) {
    json.writeStartObject();
    json.writeStringProperty("phone_number", phone.phone().value());
    json.writeBooleanProperty("is_primary", phone.primary());
    json.writeBooleanProperty("validated", phone.validated());
    json.writeBooleanProperty("opted_out", phone.optedOut());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, DrillStatus status) {
    json.writeStartObject();
    json.writeStringProperty("drill_slug", status.drill().value());
    json.writeNumberProperty("place_in_sequence", status.place());
    UUID instance = status.instanceId();
    Json.writeText(json, "drill_instance_id", instance == null ? null : instance.toString());
    Json.writeTime(json, "started_time", status.startedTime());
    Json.writeTime(json, "completed_time", status.completedTime());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, DialogState state) {
    CurrentDrill current = state.current();
    json.writeStartObject();
    json.writeStringProperty("seq", state.seq().toString());
    json.writeNumberProperty("version", state.version());
    Json.writeText(json, "current_drill", current == null ? null : current.drill().slug().value());
    Json.writeText(json, "drill_version", current == null ? null : current.drill().id());
    Json.writeText(
        json, "drill_instance_id", current == null ? null : current.instanceId().toString());
    json.writeName("prompt");
    PromptState prompt = current == null ? null : current.prompt();
    if (prompt == null) {
      json.writeNull();
    } else {
      json.writeStartObject();
      json.writeStringProperty("slug", prompt.slug().value());
      Json.writeTime(json, "start_time", prompt.startTime());
      json.writeNumberProperty("failures", prompt.failures());
      json.writeBooleanProperty("unclear", prompt.unclear());
      json.writeNumberProperty("reminders", prompt.reminders());
      Json.writeTime(json, "last_response_time", prompt.lastResponseTime());
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
