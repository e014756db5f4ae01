package co.stopcovid.bench;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogEvent;
import java.util.UUID;

/** Gives the events of one learner to another, who has drill instances of his own. */
final class Instances {
  private Instances() {}

  static DialogEvent of(DialogEvent event, PhoneNumber phone) {
    return switch (event) {
      case DialogEvent.DrillStarted e ->
          new DialogEvent.DrillStarted(
              e.createdTime(), of(e.drillInstanceId(), phone), e.drill(), e.prompt(), e.cause());
      case DialogEvent.ReminderTriggered e ->
          new DialogEvent.ReminderTriggered(
              e.createdTime(), of(e.drillInstanceId(), phone), e.prompt(), e.step());
      case DialogEvent.CompletedPrompt e ->
          new DialogEvent.CompletedPrompt(
              e.createdTime(),
              of(e.drillInstanceId(), phone),
              e.prompt(),
              e.response(),
              e.stored(),
              e.choice());
      case DialogEvent.FailedPrompt e ->
          new DialogEvent.FailedPrompt(
              e.createdTime(),
              of(e.drillInstanceId(), phone),
              e.prompt(),
              e.response(),
              e.abandoned(),
              e.understood(),
              e.choice(),
              e.feedback());
      case DialogEvent.AdvancedToNextPrompt e ->
          new DialogEvent.AdvancedToNextPrompt(
              e.createdTime(), of(e.drillInstanceId(), phone), e.prompt());
      case DialogEvent.DrillCompleted e ->
          new DialogEvent.DrillCompleted(e.createdTime(), of(e.drillInstanceId(), phone));
      case DialogEvent.OptedOut e -> e;
      case DialogEvent.UserValidated e -> e;
      case DialogEvent.UserValidationFailed e -> e;
      case DialogEvent.NextDrillRequested e -> e;
      case DialogEvent.AdHocMessageSent e -> e;
      case DialogEvent.UserUpdated e -> e;
    };
  }

  /** Mixed well, as derived ids are. */
  private static UUID of(UUID instance, PhoneNumber phone) {
    long mixed = Long.parseLong(phone.value().substring(1)) * 0x9E3779B97F4A7C15L;
    return new UUID(
        instance.getMostSignificantBits() ^ mixed,
        instance.getLeastSignificantBits() ^ Long.rotateLeft(mixed, 21));
  }
}
