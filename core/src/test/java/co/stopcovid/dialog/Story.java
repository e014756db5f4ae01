package co.stopcovid.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.DerivedId;
import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.Decision.NoEvents;
import co.stopcovid.dialog.DialogEvent.CompletedPrompt;
import co.stopcovid.dialog.DialogEvent.FailedPrompt;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.TestContent;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rules as sentences: {@code given(validated(), drillStarted(DRILL)).when(sms("b"))
 * .then(completed("soap"), advancedTo("fingers"))}. Every field of the events is compared.
 */
final class Story {
  static final PhoneNumber ANA = new PhoneNumber("+12025550123");
  static final Instant BEFORE = Instant.parse("2026-11-22T09:00:00Z");
  static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");
  static final SequenceNumber SEQ = SequenceNumber.of(17);
  static final UUID RUNNING = UUID.fromString("7e57ed00-0000-5000-8000-000000000001");
  static final AccountInfo ACME = AccountInfo.of(Map.of("company", "Acme"));

  /** An event, when it is known when and in which drill it happens, and what the learner said. */
  interface Told {
    DialogEvent event(Scene scene);
  }

  /** What an event takes from the moment in which it happens. */
  record Scene(Instant time, UUID instance, String reply) {}

  private final DialogState state;
  private final Map<String, DrillVersion> published = new HashMap<>();
  private final Map<RegistrationCode, CodeVerdict> codes = new HashMap<>();
  private @Nullable CodeVerdict forAllCodes;
  private List<Language> taught = List.of(TestContent.ENGLISH, TestContent.SPANISH);

  private Story(DialogState state) {
    this.state = state;
  }

  static Story given(Told... history) {
    DialogState state = DialogState.initial(ANA);
    for (Told told : history) {
      state = Dialog.evolve(state, told.event(new Scene(BEFORE, RUNNING, "a reply")));
    }
    return new Story(state);
  }

  /** Drills that are published at the time of the command. */
  Story published(DrillVersion... drills) {
    for (DrillVersion drill : drills) {
      published.put(drill.slug().value(), drill);
    }
    return this;
  }

  Story code(String code, CodeVerdict verdict) {
    codes.put(new RegistrationCode(code), verdict);
    return this;
  }

  Story registrationUnavailable() {
    forAllCodes = new CodeVerdict.Unavailable("no answer");
    return this;
  }

  /** The languages that the course is taught in. */
  Story taught(Language... languages) {
    taught = List.of(languages);
    return this;
  }

  DialogState state() {
    return state;
  }

  Then when(DialogCommand command) {
    Question question = Dialog.question(state, command, TestContent.KEYWORDS);
    Facts facts = Facts.of(NOW, SEQ, TestContent.KEYWORDS);
    facts =
        switch (question) {
          case Question.None none -> facts;
          case Question.WhichDrill which -> facts.withDrill(published.get(which.slug().value()));
          case Question.IsCodeValid asked ->
              facts.withCodes(asked.codes(), verdicts(asked)).withTaught(taught);
          case Question.WhichLanguages which -> facts.withTaught(taught);
        };
    return new Then(state, command, question, Dialog.decide(state, command, facts));
  }

  private Map<RegistrationCode, CodeVerdict> verdicts(Question.IsCodeValid asked) {
    var verdicts = new HashMap<RegistrationCode, CodeVerdict>();
    for (RegistrationCode code : asked.codes()) {
      verdicts.put(
          code,
          forAllCodes != null ? forAllCodes : codes.getOrDefault(code, new CodeVerdict.Invalid()));
    }
    return verdicts;
  }

  /** What came of the command. */
  record Then(DialogState before, DialogCommand command, Question question, Decision decision) {
    /**
     * Exactly these events, in this order. What was kept of an answer and which option it named is
     * looked at only where the expectation says so.
     */
    Then then(Told... expected) {
      UUID instance =
          command instanceof DialogCommand.StartDrill
              ? DerivedId.of(ANA, SEQ, "drill instance")
              : RUNNING;
      String reply = command instanceof DialogCommand.ReceiveSms sms ? sms.body() : "";
      List<DialogEvent> events =
          Arrays.stream(expected).map(it -> it.event(new Scene(NOW, instance, reply))).toList();
      Decision asFarAsExpected =
          decision instanceof Decision.Happened(List<DialogEvent> happened)
                  && happened.size() == events.size()
              ? new Decision.Happened(
                  IntStream.range(0, events.size())
                      .mapToObj(i -> asFarAs(events.get(i), happened.get(i)))
                      .toList())
              : decision;
      assertThat(asFarAsExpected).isEqualTo(new Decision.Happened(events));
      return this;
    }

    private static DialogEvent asFarAs(DialogEvent expected, DialogEvent happened) {
      if (expected instanceof CompletedPrompt e
          && happened instanceof CompletedPrompt h
          && e.stored() == null
          && e.choice() == null) {
        return new CompletedPrompt(h.createdTime(), h.drillInstanceId(), h.prompt(), h.response());
      }
      if (expected instanceof FailedPrompt e
          && happened instanceof FailedPrompt h
          && e.choice() == null
          && e.feedback() == null) {
        return new FailedPrompt(
            h.createdTime(),
            h.drillInstanceId(),
            h.prompt(),
            h.response(),
            h.abandoned(),
            h.understood(),
            null,
            null);
      }
      return happened;
    }

    Then thenNothing(NoEvents reason) {
      assertThat(decision).isEqualTo(new Decision.Nothing(reason));
      return this;
    }

    Then thenRejected(String reason) {
      assertThat(decision).isEqualTo(new Decision.Rejected(reason));
      return this;
    }

    Then thenNotNow() {
      assertThat(decision).isEqualTo(new Decision.NotNow("no answer", null));
      return this;
    }

    Then withoutAskingForCodes() {
      assertThat(question).isNotInstanceOf(Question.IsCodeValid.class);
      return this;
    }

    /** Looks at the state that the events lead to. */
    Then and(Consumer<DialogState> check) {
      check.accept(after());
      return this;
    }

    DialogState after() {
      DialogState after = before;
      if (decision instanceof Decision.Happened(List<DialogEvent> events)) {
        for (DialogEvent event : events) {
          after = Dialog.evolve(after, event);
        }
      }
      return after;
    }
  }

  /** The drill under way. */
  static CurrentDrill drillOf(DialogState state) {
    return Objects.requireNonNull(state.current(), "the learner is in no drill");
  }

  /** The prompt that waits. */
  static PromptState waitingIn(DialogState state) {
    return Objects.requireNonNull(drillOf(state).prompt(), "no prompt waits");
  }

  // Commands

  static DialogCommand sms(String body) {
    return new DialogCommand.ReceiveSms(ANA, body);
  }

  static DialogCommand startDrill(String slug) {
    return new DialogCommand.StartDrill(ANA, new DrillSlug(slug));
  }

  static DialogCommand reminder(String prompt) {
    return reminder(RUNNING, prompt);
  }

  static DialogCommand reminder(UUID instance, String prompt) {
    return new DialogCommand.TriggerReminder(ANA, instance, new PromptSlug(prompt));
  }

  // Events

  static Told validated() {
    return validated(false, ACME);
  }

  static Told demoValidated() {
    return validated(true, ACME);
  }

  static Told validated(boolean isDemo, AccountInfo account) {
    return scene -> new DialogEvent.UserValidated(scene.time(), isDemo, account);
  }

  static Told validationFailed() {
    return scene -> new DialogEvent.UserValidationFailed(scene.time());
  }

  /** Its first prompt is said. */
  static Told drillStarted(DrillVersion drill) {
    return scene ->
        new DialogEvent.DrillStarted(
            scene.time(), scene.instance(), drill, drill.drill().first().slug());
  }

  static Told reminded(String prompt) {
    return scene ->
        new DialogEvent.ReminderTriggered(scene.time(), scene.instance(), new PromptSlug(prompt));
  }

  static Told completed(String prompt) {
    return scene -> completed(prompt, scene.reply()).event(scene);
  }

  static Told completed(String prompt, String reply) {
    return scene ->
        new DialogEvent.CompletedPrompt(
            scene.time(), scene.instance(), new PromptSlug(prompt), reply);
  }

  static Told failed(String prompt) {
    return failed(prompt, false);
  }

  static Told abandoned(String prompt) {
    return failed(prompt, true);
  }

  /** Completed by a reply that named an option. */
  static Told completedBy(String prompt, String choice) {
    return scene ->
        new CompletedPrompt(
            scene.time(), scene.instance(), new PromptSlug(prompt), scene.reply(), null, choice);
  }

  /** Completed by a reply that is kept in another form. */
  static Told completedKeeping(String prompt, String stored) {
    return scene ->
        new CompletedPrompt(
            scene.time(), scene.instance(), new PromptSlug(prompt), scene.reply(), stored, null);
  }

  static Told notUnderstood(String prompt) {
    return scene -> answered(scene, prompt, false, false, null, null);
  }

  static Told abandonedNotUnderstood(String prompt) {
    return scene -> answered(scene, prompt, true, false, null, null);
  }

  /** A wrong answer that named an option, or was a mistake that the author expects. */
  static Told failedBy(String prompt, @Nullable String choice, @Nullable String feedback) {
    return scene -> answered(scene, prompt, false, true, choice, feedback);
  }

  private static DialogEvent answered(
      Scene scene,
      String prompt,
      boolean abandoned,
      boolean understood,
      @Nullable String choice,
      @Nullable String feedback) {
    return new FailedPrompt(
        scene.time(),
        scene.instance(),
        new PromptSlug(prompt),
        scene.reply(),
        abandoned,
        understood,
        choice,
        feedback);
  }

  private static Told failed(String prompt, boolean abandoned) {
    return scene ->
        new DialogEvent.FailedPrompt(
            scene.time(), scene.instance(), new PromptSlug(prompt), scene.reply(), abandoned);
  }

  static Told advancedTo(String prompt) {
    return scene ->
        new DialogEvent.AdvancedToNextPrompt(
            scene.time(), scene.instance(), new PromptSlug(prompt));
  }

  static Told drillCompleted() {
    return scene -> new DialogEvent.DrillCompleted(scene.time(), scene.instance());
  }

  static Told nextDrillRequested() {
    return scene -> new DialogEvent.NextDrillRequested(scene.time());
  }

  /** In the drill under way. */
  static Told optedOut() {
    return scene -> new DialogEvent.OptedOut(scene.time(), scene.instance(), true);
  }

  /** The engine has to say so itself. */
  static Told optedOutInOtherWords() {
    return scene -> new DialogEvent.OptedOut(scene.time(), scene.instance(), false);
  }

  static Told optedOutOfNoDrillInOtherWords() {
    return scene -> new DialogEvent.OptedOut(scene.time(), null, false);
  }

  /** The engine's answer, one of its own texts. */
  static Told replied(String label) {
    return scene ->
        new DialogEvent.AdHocMessageSent(scene.time(), new AdHocText.Label(label), true, null);
  }

  /** By the learner, while the prompt waits; null when none does. */
  static Told languageChanged(Language language, @Nullable String prompt) {
    return scene ->
        new DialogEvent.UserUpdated(
            scene.time(),
            ProfileChanges.language(language),
            false,
            null,
            prompt == null ? null : scene.instance(),
            prompt == null ? null : new PromptSlug(prompt));
  }

  static Told optedOutOfNoDrill() {
    return scene -> new DialogEvent.OptedOut(scene.time(), null, true);
  }
}
