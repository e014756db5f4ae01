package co.stopcovid.dialog;

import co.stopcovid.common.DerivedId;
import co.stopcovid.dialog.Decision.NoEvents;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommand.SendAdHocMessage;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.DialogCommand.TriggerReminder;
import co.stopcovid.dialog.DialogCommand.UpdateUser;
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
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptSlug;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the conversation. Everything here is a function of its arguments: no clock, no
 * randomness, no look-ups. {@link #question} says what to look up, {@link #decide} turns a command
 * into events, {@link #evolve} turns an event into the next state.
 */
public final class Dialog {
  private static final String NEVER_HEARD_FROM = "nothing was ever heard from this number";

  private Dialog() {}

  /** What has to be known, beyond state and command, before {@link #decide} can be asked. */
  public static Question question(DialogState state, DialogCommand command, Keywords keywords) {
    return switch (command) {
      case StartDrill start -> new Question.WhichDrill(start.drill());
      case TriggerReminder reminder -> new Question.None();
      case SendAdHocMessage message -> new Question.None();
      case UpdateUser update -> new Question.None();
      case ReceiveSms sms -> InboundRules.question(state, sms, keywords);
    };
  }

  /** What comes of a command. The facts answer the {@link #question}. */
  public static Decision decide(DialogState state, DialogCommand command, Facts facts) {
    return switch (command) {
      case StartDrill start -> startDrill(state, start, facts);
      case TriggerReminder reminder -> remind(state, reminder, facts);
      case SendAdHocMessage message -> sendAdHoc(state, message, facts);
      case UpdateUser update -> updateUser(state, update, facts);
      case ReceiveSms sms -> receive(state, sms, facts);
    };
  }

  /**
   * Whether this is a wish to get no more messages, which waits for nothing else. Without the
   * learner's state it cannot be told whether the words are an answer instead.
   */
  public static boolean isOptOut(DialogCommand command, Keywords keywords) {
    return command instanceof ReceiveSms sms && InboundRules.isOptOut(sms, keywords);
  }

  /** The same, where it is known which prompt waits. */
  static boolean isOptOut(DialogState state, DialogCommand command, Keywords keywords) {
    return command instanceof ReceiveSms sms && InboundRules.isOptOut(state, sms, keywords);
  }

  private static Decision startDrill(DialogState state, StartDrill start, Facts facts) {
    if (state.profile().optedOut()) {
      return new Decision.Nothing(NoEvents.OPTED_OUT);
    }
    if (!state.profile().validated()) {
      return new Decision.Nothing(NoEvents.NOT_VALIDATED);
    }
    DrillVersion drill = facts.drill();
    if (drill == null) {
      return new Decision.Rejected("there is no drill with the slug " + start.drill());
    }
    UUID instance = DerivedId.of(state.phone(), facts.seq(), "drill instance");
    PromptSlug first = drill.drill().first().slug();
    return happened(new DrillStarted(facts.now(), instance, drill, first, start.cause()));
  }

  private static Decision remind(DialogState state, TriggerReminder reminder, Facts facts) {
    if (state.profile().optedOut()) {
      return new Decision.Nothing(NoEvents.OPTED_OUT);
    }
    if (!state.profile().validated()) {
      return new Decision.Nothing(NoEvents.NOT_VALIDATED);
    }
    CurrentDrill current = state.current();
    if (current == null || !current.instanceId().equals(reminder.drillInstanceId())) {
      return new Decision.Nothing(NoEvents.OTHER_DRILL);
    }
    PromptState prompt = current.prompt();
    if (prompt == null || !prompt.slug().equals(reminder.prompt())) {
      return new Decision.Nothing(NoEvents.OTHER_PROMPT);
    }
    if (reminder.step() <= prompt.reminders()) {
      return new Decision.Nothing(NoEvents.ALREADY_REMINDED);
    }
    return happened(
        new ReminderTriggered(facts.now(), current.instanceId(), prompt.slug(), reminder.step()));
  }

  private static Decision sendAdHoc(DialogState state, SendAdHocMessage message, Facts facts) {
    if (isUnknown(state)) {
      return new Decision.Rejected(NEVER_HEARD_FROM);
    }
    if (state.profile().optedOut()) {
      return new Decision.Rejected("the learner has opted out");
    }
    return happened(
        new AdHocMessageSent(facts.now(), message.text(), message.reply(), message.sentBy()));
  }

  private static Decision updateUser(DialogState state, UpdateUser update, Facts facts) {
    if (isUnknown(state)) {
      return new Decision.Rejected(NEVER_HEARD_FROM);
    }
    return switch (ProfileUpdate.of(
        state.profile(), update.changes(), facts.keywords().profileValues())) {
      case ProfileUpdate.Impossible(String reason) -> new Decision.Rejected(reason);
      case ProfileUpdate.Possible(ProfileChanges changes) ->
          happened(updated(state, changes, update.purgeDrillState(), update.sentBy(), facts.now()));
    };
  }

  /**
   * A change of the profile, with the prompt that waits meanwhile.
   *
   * @param sentBy null: the learner
   */
  static UserUpdated updated(
      DialogState state,
      ProfileChanges changes,
      boolean purge,
      @Nullable String sentBy,
      Instant now) {
    CurrentDrill current = state.current();
    PromptState waiting = current == null ? null : current.prompt();
    return new UserUpdated(
        now, changes, purge, sentBy, instanceOf(state), waiting == null ? null : waiting.slug());
  }

  private static boolean isUnknown(DialogState state) {
    return state.version() == 0;
  }

  private static Decision receive(DialogState state, ReceiveSms sms, Facts facts) {
    return new InboundRules(state, sms, facts)
        .decide()
        .orElseGet(() -> new Decision.Happened(answer(state, sms.body(), facts.now())));
  }

  private static List<DialogEvent> answer(DialogState state, String reply, Instant now) {
    CurrentDrill current = Objects.requireNonNull(state.current());
    PromptState waiting = Objects.requireNonNull(current.prompt());
    return new Answering(state.profile(), current, waiting, now).to(reply);
  }

  static @Nullable UUID instanceOf(DialogState state) {
    CurrentDrill current = state.current();
    return current == null ? null : current.instanceId();
  }

  private static Decision happened(DialogEvent event) {
    return new Decision.Happened(List.of(event));
  }

  /**
   * The state after an event. Total: an event that does not fit the state, being of another drill
   * instance or another prompt, changes nothing.
   */
  public static DialogState evolve(DialogState state, DialogEvent event) {
    return switch (event) {
      case DrillStarted e -> start(state, e);
      case ReminderTriggered e ->
          waitsFor(state, e.drillInstanceId(), e.prompt())
              ? withPrompt(state, prompt -> prompt.reminded(e.step()))
              : state;
      case UserValidated e ->
          state
              .with(state.profile().withValidation(e.isDemo(), e.accountInfo()))
              .with((CurrentDrill) null)
              .with((WrongCodes) null);
      case UserValidationFailed e ->
          state.with(WrongCodes.after(state.wrongCodes(), e.createdTime()));
      case CompletedPrompt e ->
          waitsFor(state, e.drillInstanceId(), e.prompt())
              ? withPrompt(storeReply(state, e), prompt -> null)
              : state;
      case FailedPrompt e ->
          waitsFor(state, e.drillInstanceId(), e.prompt())
              ? withPrompt(state, prompt -> afterFailure(prompt, e))
              : state;
      case AdvancedToNextPrompt e -> advance(state, e);
      case DrillCompleted e ->
          e.drillInstanceId().equals(instanceOf(state)) ? state.with((CurrentDrill) null) : state;
      case NextDrillRequested e -> state.with(state.profile().withOptedOut(false)).requested();
      case OptedOut e -> state.with(state.profile().withOptedOut(true)).with((CurrentDrill) null);
      case AdHocMessageSent e -> state;
      case UserUpdated e -> {
        DialogState updated = state.with(state.profile().with(e.changes()));
        yield e.purgeDrillState() ? updated.with((CurrentDrill) null) : updated;
      }
    };
  }

  /** The state after a batch. */
  public static DialogState evolve(DialogState state, EventBatch batch) {
    DialogState next = state;
    for (DialogEvent event : batch.events()) {
      next = evolve(next, event);
    }
    return next.at(batch.seq(), batch.version());
  }

  private static @Nullable PromptState afterFailure(PromptState prompt, FailedPrompt event) {
    return event.abandoned() ? null : prompt.failed(event.understood(), event.createdTime());
  }

  private static boolean waitsFor(DialogState state, UUID instance, PromptSlug slug) {
    CurrentDrill current = state.current();
    return current != null
        && current.instanceId().equals(instance)
        && current.prompt() != null
        && current.prompt().slug().equals(slug);
  }

  private static DialogState withPrompt(
      DialogState state, Function<PromptState, @Nullable PromptState> change) {
    CurrentDrill current = state.current();
    if (current == null || current.prompt() == null) {
      return state;
    }
    return state.with(current.with(change.apply(current.prompt())));
  }

  private static DialogState start(DialogState state, DrillStarted event) {
    if (event.drill().drill().find(event.prompt()).isEmpty()) {
      return state;
    }
    var prompt = PromptState.started(event.prompt(), event.createdTime());
    return state.with(new CurrentDrill(event.drill(), event.drillInstanceId(), prompt));
  }

  private static DialogState advance(DialogState state, AdvancedToNextPrompt event) {
    CurrentDrill current = state.current();
    if (current == null
        || !current.instanceId().equals(event.drillInstanceId())
        || current.drill().drill().find(event.prompt()).isEmpty()) {
      return state;
    }
    return state.with(current.with(PromptState.started(event.prompt(), event.createdTime())));
  }

  /** Stores a reply in the profile where its prompt says so. */
  private static DialogState storeReply(DialogState state, CompletedPrompt event) {
    CurrentDrill current = state.current();
    if (current == null) {
      return state;
    }
    ProfileKey key =
        current.drill().drill().find(event.prompt()).map(Prompt::responseKey).orElse(null);
    if (key == null) {
      return state;
    }
    UserProfile profile = state.profile();
    String stored = event.stored();
    if (!key.equals(ProfileKey.LANGUAGE)) {
      return state.with(profile.withReply(key, stored == null ? event.response() : stored));
    }
    if (stored != null) {
      return state.with(profile.with(key, Optional.of(stored)));
    }
    // Events of the first releases do not say which language a reply was read as.
    return current
        .drill()
        .in(profile.language())
        .prompt(event.prompt())
        .languageNamedBy(event.response())
        .map(language -> state.with(profile.withLanguage(language)))
        .orElse(state);
  }
}
