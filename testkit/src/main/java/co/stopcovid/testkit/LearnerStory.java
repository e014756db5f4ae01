package co.stopcovid.testkit;

import co.stopcovid.common.DerivedId;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.Dialog;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.ProfileChanges;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PromptSlug;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The event batches of one phone number, told step by step, at times of the teller's choice. */
public final class LearnerStory {
  private final List<EventBatch> batches = new ArrayList<>();
  private DialogState state;
  private Instant time = Samples.NOON;

  public LearnerStory(PhoneNumber phone) {
    state = DialogState.initial(phone);
  }

  /** A learner whom no other test knows. */
  public static LearnerStory ofSomeone() {
    return new LearnerStory(Samples.newLearner());
  }

  public PhoneNumber phone() {
    return state.phone();
  }

  public Instant time() {
    return time;
  }

  /** After the last batch. */
  public DialogState state() {
    return state;
  }

  public List<EventBatch> batches() {
    return List.copyOf(batches);
  }

  public EventBatch last() {
    return batches.getLast();
  }

  public LearnerStory at(Instant next) {
    time = next;
    return this;
  }

  public LearnerStory after(Duration pause) {
    return at(time.plus(pause));
  }

  public LearnerStory registers(String company) {
    return registers(false, Map.of("company", company));
  }

  public LearnerStory registers(boolean demo, Map<String, Object> account) {
    return happens(new DialogEvent.UserValidated(time, demo, AccountInfo.of(account)));
  }

  public LearnerStory failsToRegister() {
    return happens(new DialogEvent.UserValidationFailed(time));
  }

  /** With the drill's first prompt. The instance is {@link #instance} of this step. */
  public LearnerStory starts(DrillVersion drill) {
    return happens(
        new DialogEvent.DrillStarted(
            time, instance(state.version() + 1), drill, drill.drill().first().slug()));
  }

  /** The instance of the drill that was started by the batch with this version. */
  public UUID instance(long version) {
    return DerivedId.of(phone(), SequenceNumber.of(version * 10), "drill instance");
  }

  /** Rightly, and goes on to the next prompt. */
  public LearnerStory answers(String prompt, String next) {
    UUID instance = running();
    return happens(
        new DialogEvent.CompletedPrompt(time, instance, new PromptSlug(prompt), "b"),
        new DialogEvent.AdvancedToNextPrompt(time, instance, new PromptSlug(next)));
  }

  /** Wrongly, and may try again. */
  public LearnerStory fails(String prompt) {
    return happens(
        new DialogEvent.FailedPrompt(time, running(), new PromptSlug(prompt), "x", false));
  }

  /** Wrongly for the last time, and goes on to the next prompt. */
  public LearnerStory abandons(String prompt, String next) {
    UUID instance = running();
    return happens(
        new DialogEvent.FailedPrompt(time, instance, new PromptSlug(prompt), "x", true),
        new DialogEvent.AdvancedToNextPrompt(time, instance, new PromptSlug(next)));
  }

  /** By the answer to the last prompt but one. */
  public LearnerStory completes() {
    UUID instance = running();
    return happens(
        new DialogEvent.CompletedPrompt(time, instance, new PromptSlug("fingers"), "b"),
        new DialogEvent.AdvancedToNextPrompt(time, instance, new PromptSlug("done")),
        new DialogEvent.DrillCompleted(time, instance));
  }

  public LearnerStory isReminded(String prompt) {
    return happens(new DialogEvent.ReminderTriggered(time, running(), new PromptSlug(prompt)));
  }

  /** Words of a person at the desk, in the profile. */
  public LearnerStory isGiven(Map<String, Optional<String>> changes) {
    return happens(
        new DialogEvent.UserUpdated(time, ProfileChanges.of(changes), false, "maria", null, null));
  }

  public LearnerStory wantsMore() {
    return happens(new DialogEvent.NextDrillRequested(time));
  }

  public LearnerStory optsOut() {
    return happens(
        new DialogEvent.OptedOut(
            time, state.current() == null ? null : state.current().instanceId(), true));
  }

  /** One more batch, of the command with ten times its version as number. */
  public LearnerStory happens(DialogEvent... events) {
    DialogState after = state;
    for (DialogEvent event : events) {
      after = Dialog.evolve(after, event);
    }
    var batch =
        new EventBatch(
            phone(),
            SequenceNumber.of((state.version() + 1) * 10),
            state.version() + 1,
            time,
            after.profile(),
            List.of(events));
    batches.add(batch);
    state = Dialog.evolve(state, batch);
    return this;
  }

  private UUID running() {
    if (state.current() == null) {
      throw new IllegalStateException("the learner is in no drill at this point of the story");
    }
    return state.current().instanceId();
  }
}
