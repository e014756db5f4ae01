package co.stopcovid.testkit;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.Dialog;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.PromptSlug;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes the commits of one learner, one after another, without deciding anything. */
public final class Conversation {
  private static final UUID INSTANCE = UUID.fromString("7e57ed00-0000-5000-8000-000000000001");

  /** As large as Kinesis makes them. */
  private static final SequenceNumber FIRST =
      SequenceNumber.parse("49590338271490256608559692538361571095921575989136588898");

  private DialogState state;
  private SequenceNumber seq;

  public Conversation(PhoneNumber phone) {
    state = DialogState.initial(phone);
    seq = FIRST;
  }

  public PhoneNumber phone() {
    return state.phone();
  }

  public DialogState state() {
    return state;
  }

  /** One more batch. */
  public DialogCommit next(DialogEvent... events) {
    return next(List.of(List.of(events)));
  }

  /** Several batches in one commit. */
  public DialogCommit next(List<List<DialogEvent>> all) {
    long expected = state.version();
    List<EventBatch> batches = new ArrayList<>();
    for (List<DialogEvent> events : all) {
      seq = seq.next();
      DialogState after = state;
      for (DialogEvent event : events) {
        after = Dialog.evolve(after, event);
      }
      var batch =
          new EventBatch(phone(), seq, state.version() + 1, Samples.NOON, after.profile(), events);
      batches.add(batch);
      state = Dialog.evolve(state, batch);
    }
    return new DialogCommit(expected, state, batches);
  }

  /** Another way on from here; this one stays. */
  public Conversation fork() {
    var fork = new Conversation(phone());
    fork.state = state;
    fork.seq = seq;
    return fork;
  }

  /** Something small that can always happen. */
  public static DialogEvent anything() {
    return new DialogEvent.UserValidationFailed(Samples.NOON);
  }

  /** A reply, for telling commits apart. */
  public static DialogEvent reply(String text) {
    return new DialogEvent.CompletedPrompt(Samples.NOON, INSTANCE, new PromptSlug("soap"), text);
  }

  /** A course of batches in which every type of event happens, in every shape that it has. */
  public static List<List<DialogEvent>> everything(DrillVersion drill) {
    var now = Samples.NOON;
    var language = new PromptSlug("language");
    var name = new PromptSlug("name");
    var soap = new PromptSlug("soap");
    var fingers = new PromptSlug("fingers");
    return List.of(
        List.of(new DialogEvent.UserValidationFailed(now)),
        List.of(new DialogEvent.UserValidated(now, true, Samples.account())),
        List.of(new DialogEvent.UserValidated(now, false, AccountInfo.NONE)),
        List.of(new DialogEvent.DrillStarted(now, INSTANCE, drill, language)),
        List.of(
            new DialogEvent.CompletedPrompt(now, INSTANCE, language, "2"),
            new DialogEvent.AdvancedToNextPrompt(now, INSTANCE, name)),
        List.of(
            new DialogEvent.CompletedPrompt(now, INSTANCE, name, " Ana \"la\" Núñez 👩‍⚕️\n你好\\ "),
            new DialogEvent.AdvancedToNextPrompt(now, INSTANCE, soap)),
        List.of(new DialogEvent.ReminderTriggered(now, INSTANCE, soap)),
        List.of(new DialogEvent.FailedPrompt(now, INSTANCE, soap, "", false)),
        List.of(
            new DialogEvent.FailedPrompt(now, INSTANCE, soap, "água", true),
            new DialogEvent.AdvancedToNextPrompt(now, INSTANCE, fingers)),
        List.of(new DialogEvent.OptedOut(now, INSTANCE, true)),
        List.of(new DialogEvent.OptedOut(now, null, true)),
        List.of(new DialogEvent.NextDrillRequested(now)),
        List.of(new DialogEvent.DrillStarted(now, INSTANCE, drill, fingers)),
        List.of(
            new DialogEvent.CompletedPrompt(now, INSTANCE, fingers, "b"),
            new DialogEvent.AdvancedToNextPrompt(now, INSTANCE, new PromptSlug("done")),
            new DialogEvent.DrillCompleted(now, INSTANCE)));
  }
}
