package co.stopcovid.desk;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AdHocText;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.CurrentDrill;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.SendAdHocMessage;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.DialogCommand.TriggerReminder;
import co.stopcovid.dialog.DialogCommand.UpdateUser;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.ProfileChanges;
import co.stopcovid.dialog.PromptState;
import co.stopcovid.dialog.StartCause;
import co.stopcovid.drills.DrillSlug;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a person has the dialog of one learner do. Each is a command in the end; what would come to
 * nothing is refused at once. Keys are as with {@link NewCommand}: the same key is the same order.
 */
public final class Orders {
  private final Performer performer;
  private final CommandStream stream;
  private final DialogStore dialogs;
  private final CommandCheck check;
  private final Learners learners;

  Orders(Performer performer, DeskPorts ports, CommandCheck check, Learners learners) {
    this.performer = performer;
    this.stream = ports.commands();
    this.dialogs = ports.dialogs();
    this.check = check;
    this.learners = learners;
  }

  /** Starts a drill in place of one that may be under way. */
  public Result<SequenceNumber> startDrill(
      Person by, PhoneNumber phone, DrillSlug drill, @Nullable String key) {
    return order(
        by,
        Operation.START_DRILL,
        phone,
        key,
        () -> new StartDrill(phone, drill, StartCause.OPERATOR));
  }

  /** Says something, in a person's own words. */
  public Result<SequenceNumber> sendMessage(
      Person by, PhoneNumber phone, String text, @Nullable String key) {
    return order(by, Operation.SEND_MESSAGE, phone, key, () -> message(by, phone, text));
  }

  static SendAdHocMessage message(Person by, PhoneNumber phone, String text) {
    return new SendAdHocMessage(phone, new AdHocText.Message(text), false, by.name());
  }

  /**
   * Corrects entries of the profile; see {@link ProfileChanges}.
   *
   * @param changes at least one
   */
  public Result<SequenceNumber> correct(
      Person by, PhoneNumber phone, ProfileChanges changes, @Nullable String key) {
    return order(
        by,
        Operation.CORRECT_PROFILE,
        phone,
        key,
        () -> {
          if (changes.values().isEmpty()) {
            throw new IllegalArgumentException("changes: name at least one entry of the profile");
          }
          return new UpdateUser(phone, changes, false, by.name());
        });
  }

  /** Ends the drill under way; the profile stays. */
  public Result<SequenceNumber> reset(Person by, PhoneNumber phone, @Nullable String key) {
    return order(
        by,
        Operation.RESET,
        phone,
        key,
        () -> new UpdateUser(phone, ProfileChanges.of(Map.of()), true, by.name()));
  }

  /** Reminds of the prompt that waits, whenever it was last reminded of. */
  public Result<SequenceNumber> remind(Person by, PhoneNumber phone, @Nullable String key) {
    return performer.change(
        by,
        Operation.REMIND,
        () -> learners.learner(phone),
        () -> {
          DialogState state = dialogs.load(Set.of(phone)).get(phone);
          CurrentDrill current = state == null ? null : state.current();
          PromptState prompt = current == null ? null : current.prompt();
          if (current == null || prompt == null) {
            return Result.refused(
                Refusal.conflict("phone_number", "no prompt waits for this learner's answer"));
          }
          return take(
              new TriggerReminder(
                  phone, current.instanceId(), prompt.slug(), prompt.reminders() + 1),
              key);
        });
  }

  private Result<SequenceNumber> order(
      Person by,
      Operation operation,
      PhoneNumber phone,
      @Nullable String key,
      Supplier<DialogCommand> command) {
    return performer.change(by, operation, () -> learners.learner(phone), () -> take(command, key));
  }

  /** What cannot be a command is refused with its reason. */
  Result<SequenceNumber> take(Supplier<DialogCommand> command, @Nullable String key) {
    DialogCommand built;
    try {
      built = command.get();
    } catch (IllegalArgumentException e) {
      return Result.refused(Refusal.invalid("", String.valueOf(e.getMessage())));
    }
    return take(built, key);
  }

  private Result<SequenceNumber> take(DialogCommand command, @Nullable String key) {
    Optional<Refusal> refusal = check.refusal(command);
    return refusal.isPresent()
        ? Result.refused(refusal.get())
        : new Result.Done<>(stream.append(List.of(new NewCommand(command, key))).getFirst());
  }
}
