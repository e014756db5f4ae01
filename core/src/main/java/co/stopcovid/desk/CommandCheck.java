package co.stopcovid.desk;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.Decision;
import co.stopcovid.dialog.Dialog;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommand.SendAdHocMessage;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.DialogCommand.TriggerReminder;
import co.stopcovid.dialog.DialogCommand.UpdateUser;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.Facts;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.Keywords;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says before a command is taken what would come of it now, while somebody is there to be told. The
 * dialog itself decides, as it does when the command comes to it.
 */
final class CommandCheck {
  private final DialogStore dialogs;
  private final DrillCatalogue drills;
  private final Keywords keywords;
  private final InstantSource clock;

  CommandCheck(DeskPorts ports) {
    this.dialogs = ports.dialogs();
    this.drills = ports.drills();
    this.keywords = ports.keywords();
    this.clock = ports.clock();
  }

  /** Why a command would come to nothing; empty when something would come of it. */
  Optional<Refusal> refusal(DialogCommand command) {
    return refusals(List.of(command)).getFirst();
  }

  /** The same for each of several, which are not thought to follow each other. */
  List<Optional<Refusal>> refusals(List<? extends DialogCommand> commands) {
    Set<PhoneNumber> phones = new LinkedHashSet<>();
    commands.forEach(command -> phones.add(command.phone()));
    Map<PhoneNumber, DialogState> states = phones.isEmpty() ? Map.of() : dialogs.load(phones);
    List<Optional<Refusal>> refusals = new ArrayList<>(commands.size());
    for (DialogCommand command : commands) {
      refusals.add(refusal(command, states.get(command.phone())));
    }
    return refusals;
  }

  /** What is stored of some learners cannot be read: whether it can be done is told later. */
  private Optional<Refusal> refusal(DialogCommand command, @Nullable DialogState state) {
    if (state == null || command instanceof ReceiveSms) {
      return Optional.empty();
    }
    Facts facts = Facts.of(clock.instant(), SequenceNumber.ZERO, keywords);
    if (command instanceof StartDrill start) {
      facts = facts.withDrill(drills.find(start.drill()).orElse(null));
      if (facts.drill() == null) {
        return Optional.of(
            Refusal.invalid(
                "drill_slug",
                "there is no drill %s; look at the list of drills"
                    .formatted(start.drill().value())));
      }
    }
    return switch (Dialog.decide(state, command, facts)) {
      case Decision.Happened happened -> Optional.empty();
      case Decision.NotNow later -> Optional.empty();
      case Decision.Rejected(String reason) -> Optional.of(rejected(command, state, reason));
      case Decision.Nothing(Decision.NoEvents reason) -> Optional.of(nothing(reason));
    };
  }

  private static Refusal rejected(DialogCommand command, DialogState state, String reason) {
    if (state.version() == 0) {
      return new Refusal(Refusal.Kind.UNKNOWN, "phone_number", reason);
    }
    return switch (command) {
      case UpdateUser update -> Refusal.invalid("", reason);
      case SendAdHocMessage message -> optedOut();
      case StartDrill start -> Refusal.invalid("drill_slug", reason);
      case TriggerReminder reminder -> Refusal.conflict("", reason);
      case ReceiveSms sms -> Refusal.conflict("", reason);
    };
  }

  private static Refusal optedOut() {
    return Refusal.conflict(
        "phone_number",
        "this learner has opted out; only the learner can come back, by texting START");
  }

  private static Refusal nothing(Decision.NoEvents reason) {
    return switch (reason) {
      case OPTED_OUT -> optedOut();
      case NOT_VALIDATED ->
          Refusal.conflict(
              "phone_number", "this number is not registered; the learner must text a code first");
      case OTHER_DRILL, OTHER_PROMPT ->
          Refusal.conflict("phone_number", "this learner is at another prompt by now");
      case ALREADY_REMINDED ->
          Refusal.conflict("phone_number", "this learner was reminded of this prompt already");
      case HELP_ANSWERED_BY_PROVIDER, OPTED_IN_SINCE, REACTION, COURTESY, UNHANDLED ->
          Refusal.conflict("", "nothing would come of it: " + reason);
    };
  }
}
