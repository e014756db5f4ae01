package co.stopcovid.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.common.Language;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AdHocText;
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
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.ProfileChanges;
import co.stopcovid.dialog.StartCause;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.PromptSlug;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventBatchCodecTest {
  private static final UUID EVENT_ID = UUID.fromString("9b2f1c7e-52a4-5d0b-9f5b-3f1f0a6c2d11");
  private static final Map<String, DialogEvent> EVENTS =
      Map.ofEntries(
          Map.entry(
              "drill-started",
              new DrillStarted(
                  Samples.TIME,
                  Samples.INSTANCE,
                  Samples.DRILL,
                  new PromptSlug("name"),
                  StartCause.REGISTERED)),
          Map.entry(
              "reminder-triggered",
              new ReminderTriggered(Samples.TIME, Samples.INSTANCE, Samples.SOAP, 2)),
          Map.entry("user-validated", new UserValidated(Samples.TIME, true, Samples.ACCOUNT)),
          Map.entry("user-validation-failed", new UserValidationFailed(Samples.TIME)),
          Map.entry(
              "completed-prompt",
              new CompletedPrompt(
                  Samples.TIME, Samples.INSTANCE, Samples.SOAP, "b) jabón\n", "b) jabón", "b")),
          Map.entry(
              "failed-prompt",
              new FailedPrompt(
                  Samples.TIME,
                  Samples.INSTANCE,
                  Samples.SOAP,
                  "",
                  true,
                  false,
                  "c",
                  "soap-wrong-1")),
          Map.entry(
              "advanced-to-next-prompt",
              new AdvancedToNextPrompt(Samples.TIME, Samples.INSTANCE, Samples.FINGERS)),
          Map.entry("drill-completed", new DrillCompleted(Samples.TIME, Samples.INSTANCE)),
          Map.entry("next-drill-requested", new NextDrillRequested(Samples.TIME)),
          Map.entry("opted-out", new OptedOut(Samples.TIME, Samples.INSTANCE, false)),
          Map.entry("opted-out-of-no-drill", new OptedOut(Samples.TIME, null, true)),
          Map.entry(
              "ad-hoc-message-sent",
              new AdHocMessageSent(
                  Samples.TIME,
                  new AdHocText.Message("The kitchen is closed today.\nMaría"),
                  false,
                  "maria")),
          Map.entry(
              "ad-hoc-label-sent",
              new AdHocMessageSent(Samples.TIME, new AdHocText.Label("help"), true, null)),
          Map.entry(
              "user-updated",
              new UserUpdated(
                  Samples.TIME,
                  ProfileChanges.of(
                      Map.of(
                          "language", Optional.of("es"),
                          "time_zone", Optional.of("America/Phoenix"),
                          "schedule_days", Optional.of("mon,wed"),
                          "job", Optional.empty())),
                  true,
                  "maria",
                  Samples.INSTANCE,
                  Samples.SOAP)),
          Map.entry(
              "user-updated-by-the-learner",
              new UserUpdated(
                  Samples.TIME,
                  ProfileChanges.language(new Language("fr")),
                  false,
                  null,
                  null,
                  null)));
  private static final EventBatch BATCH =
      new EventBatch(
          Samples.PHONE,
          Samples.KINESIS,
          4,
          Samples.TIME,
          Samples.PROFILE,
          List.of(
              new CompletedPrompt(Samples.TIME, Samples.INSTANCE, Samples.SOAP, "b"),
              new AdvancedToNextPrompt(Samples.TIME, Samples.INSTANCE, Samples.FINGERS)));

  static Set<String> events() {
    return EVENTS.keySet();
  }

  @ParameterizedTest
  @MethodSource("events")
  void readsAndWritesEachEvent(String name) {
    String file = "event-" + name + ".json";
    DialogEvent event = Objects.requireNonNull(EVENTS.get(name));
    Fields fields = Fields.of(Json.parse(Golden.read(file)), "an event");

    EventType type = EventType.find(fields.text("event_type")).orElseThrow();
    assertThat(EventCodec.read(fields, type, Samples.VERSIONS)).isEqualTo(event);
    Golden.assertWrittenAs(file, Json.write(json -> EventCodec.write(json, event, EVENT_ID)));
  }

  @Test
  void hasAWireFormForEveryEvent() {
    assertThat(EVENTS.values().stream().map(Object::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(DialogEvent.class.getPermittedSubclasses())
        .hasSameSizeAs(EventType.values());
  }

  @Test
  void readsAndWritesABatch() {
    assertThat(decode(Golden.read("event-batch.json"))).isEqualTo(BATCH);
    Golden.assertWrittenAs("event-batch.json", EventBatchCodec.encode(BATCH));
  }

  @Test
  void passesOverUnknownFieldsEverywhere() {
    String more = Golden.read("event-batch.json").replace("{", "{\"later\": [{}, 1], ");
    // What is added to account_info is an entry of it.
    String known = more.replace("\"account_info\": {\"later\": [{}, 1], ", "\"account_info\": {");
    assertThat(decode(known)).isEqualTo(BATCH);
  }

  @Test
  void stopsAtAnEventOfAnUnknownType() {
    String json =
        Golden.read("event-batch.json").replace("ADVANCED_TO_NEXT_PROMPT", "DRILL_PAUSED");
    assertThatThrownBy(() -> decode(json))
        .isInstanceOfSatisfying(
            UnknownEventTypeException.class,
            e -> {
              assertThat(e.eventType()).isEqualTo("DRILL_PAUSED");
              assertThat(e.batchId()).isEqualTo(BATCH.id().toString());
            })
        .hasMessage("event batch %s: unknown event_type DRILL_PAUSED", BATCH.id());
  }

  @Test
  void stopsWhereTheDrillVersionIsMissing() {
    String json = EventBatchCodec.encode(batch(started()));
    assertThat(decode(json)).isEqualTo(batch(started()));
    assertThatThrownBy(() -> EventBatchCodec.decode(json, id -> Optional.empty()))
        .isInstanceOfSatisfying(
            MissingDrillVersionException.class,
            e -> assertThat(e.versionId()).isEqualTo(Samples.DRILL.id()))
        .hasMessageContaining("drill version " + Samples.DRILL.id());
  }

  @Test
  void refusesAVersionOfAnotherDrill() {
    String json =
        EventBatchCodec.encode(batch(started())).replace("01-washing-your-hands", "02-other");
    assertThatThrownBy(() -> decode(json))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageStartingWith("events[0].drill.slug: must be 01-washing-your-hands");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:15:30Z, 2026-11-22T10:15:30.000Z",
    "2026-11-22T10:15:30.1Z, 2026-11-22T10:15:30.100Z",
    "2026-11-22T10:15:30.123999Z, 2026-11-22T10:15:30.123Z",
    "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00.000Z",
    "+12026-11-22T10:15:30Z, +12026-11-22T10:15:30.000Z",
  })
  void writesTimesWithThreeFractionalDigits(Instant time, String written) {
    String json = EventBatchCodec.encode(batch(new NextDrillRequested(time)));
    assertThat(json).endsWith("\"created_time\":\"" + written + "\"}]}");
    assertThat(decode(json).events().getFirst().createdTime()).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\": 4 | \"version\": 0 | version: must be a whole number from 1 to",
        "\"version\": 4 | \"version\": 4.5 | version: must be a whole number, but is a number",
        "\"version\": 4 | \"version\": 99999999999999999999 | version: must be a whole number from",
        "\"validated\": true | \"validated\": 1 | user_profile.validated: must be true or false",
        "\"language\": \"es\" | \"language\": \"Spanish\" | user_profile.language: not a language",
        "\"company\": \"Acme\" | \"company\": [] | user_profile.account_info.company: must be a",
        "\"response\": \"b\" | \"response\": null | events[0].response: is missing; must be a text",
        "{\"slug\": \"fingers\"} | 7 | events[1].prompt: must be an object, but is a number",
        "\"2026-11-22T10:15:30.120Z\" | \"2026-02-30T10:15:30.120Z\" | events[0].created_time: must be a time",
        "\"2026-11-22T10:15:30.120Z\" | \"yesterday\" | events[0].created_time: must be a time in UTC",
        "\"events\": [ | \"events\": [[], | events[0]: must be an object, but is an array",
      })
  void saysWhereABatchIsMalformed(String part, String replacement, String message) {
    String json = Golden.read("event-batch.json");
    assertThat(json).contains(part);
    assertThatThrownBy(() -> decode(json.replace(part, replacement)))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void refusesABatchWithoutEvents() {
    String json = EventBatchCodec.encode(batch(new NextDrillRequested(Samples.TIME)));
    String none = json.replaceFirst("\"events\":.*", "\"events\":[]}");
    assertThatThrownBy(() -> decode(none)).hasMessageStartingWith("events: must hold at least one");
  }

  private static DialogEvent started() {
    return Objects.requireNonNull(EVENTS.get("drill-started"));
  }

  private static EventBatch batch(DialogEvent event) {
    return new EventBatch(
        Samples.PHONE, SequenceNumber.of(17), 1, Samples.TIME, UserProfile.NEW, List.of(event));
  }

  private static EventBatch decode(String json) {
    return EventBatchCodec.decode(json, Samples.VERSIONS);
  }
}
