package co.stopcovid.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.CurrentDrill;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.DialogCommand.TriggerReminder;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogEvent.CompletedPrompt;
import co.stopcovid.dialog.DialogEvent.DrillStarted;
import co.stopcovid.dialog.DialogEvent.FailedPrompt;
import co.stopcovid.dialog.DialogEvent.OptedOut;
import co.stopcovid.dialog.DialogEvent.ReminderTriggered;
import co.stopcovid.dialog.PromptState;
import co.stopcovid.dialog.StartCause;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PromptSlug;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the first releases wrote, in the folder {@code golden/first}, is read for ever. */
class FirstFormsTest {
  /** With the engine's texts of then. */
  private static final DrillVersion DRILL =
      DrillVersionCodec.decode(Golden.read("first/drill-version.json"), Samples.TABLES);

  private static final Map<String, DialogEvent> EVENTS =
      Map.of(
          "event-drill-started.json",
          new DrillStarted(
              Samples.TIME, Samples.INSTANCE, DRILL, new PromptSlug("name"), StartCause.SCHEDULED),
          "event-reminder-triggered.json",
          new ReminderTriggered(Samples.TIME, Samples.INSTANCE, Samples.SOAP, 1),
          "event-completed-prompt.json",
          new CompletedPrompt(
              Samples.TIME, Samples.INSTANCE, Samples.SOAP, "b) jabón\n", null, null),
          "event-failed-prompt.json",
          new FailedPrompt(
              Samples.TIME, Samples.INSTANCE, Samples.SOAP, "", true, true, null, null),
          "event-opted-out.json",
          new OptedOut(Samples.TIME, Samples.INSTANCE, true),
          "event-opted-out-of-no-drill.json",
          new OptedOut(Samples.TIME, null, true));
  private static final Map<String, DialogCommand> COMMANDS =
      Map.of(
          "command-start-drill.json",
          new StartDrill(
              Samples.PHONE, new DrillSlug("01-washing-your-hands"), StartCause.SCHEDULED),
          "command-trigger-reminder.json",
          new TriggerReminder(Samples.PHONE, Samples.INSTANCE, Samples.SOAP, 1));
  private static final Map<String, PromptState> PROMPTS =
      Map.of(
          "state-in-drill.json",
          new PromptState(
              Samples.SOAP, Samples.TIME, 1, false, 1, Instant.parse("2026-11-22T10:16:00Z")),
          "state-at-first-try.json",
          new PromptState(Samples.SOAP, Samples.TIME, 0, false, 0, null));

  static Set<String> events() {
    return EVENTS.keySet();
  }

  @ParameterizedTest
  @MethodSource("events")
  void readsEvents(String file) {
    Fields fields = Fields.of(Json.parse(Golden.read("first/" + file)), "an event");
    EventType type = EventType.find(fields.text("event_type")).orElseThrow();
    assertThat(EventCodec.read(fields, type, id -> Optional.of(DRILL))).isEqualTo(EVENTS.get(file));
  }

  static Set<String> commands() {
    return COMMANDS.keySet();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void readsCommands(String file) {
    assertThat(CommandCodec.decode(Golden.read("first/" + file))).isEqualTo(COMMANDS.get(file));
  }

  static Set<String> states() {
    return PROMPTS.keySet();
  }

  @ParameterizedTest
  @MethodSource("states")
  void readsStates(String file) {
    CurrentDrill current =
        DialogStateCodec.decode(Golden.read("first/" + file), id -> Optional.of(DRILL)).current();
    assertThat(Objects.requireNonNull(current).prompt()).isEqualTo(PROMPTS.get(file));
  }

  @Test
  void readsABatchAsTheOneThatIsWrittenNow() {
    assertThat(EventBatchCodec.decode(Golden.read("first/event-batch.json"), Samples.VERSIONS))
        .isEqualTo(EventBatchCodec.decode(Golden.read("event-batch.json"), Samples.VERSIONS));
  }
}
