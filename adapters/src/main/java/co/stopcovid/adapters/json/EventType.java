package co.stopcovid.adapters.json;

import co.stopcovid.dialog.DialogEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names of the events in {@code event_type}, and in logs. */
public enum EventType {
  DRILL_STARTED,
  REMINDER_TRIGGERED,
  USER_VALIDATED,
  USER_VALIDATION_FAILED,
  COMPLETED_PROMPT,
  FAILED_PROMPT,
  ADVANCED_TO_NEXT_PROMPT,
  DRILL_COMPLETED,
  NEXT_DRILL_REQUESTED,
  OPTED_OUT,
  AD_HOC_MESSAGE_SENT,
  USER_UPDATED;

  private static final Map<String, EventType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(EventType::name, Function.identity()));

  public static EventType of(DialogEvent event) {
    return switch (event) {
      case DialogEvent.DrillStarted e -> DRILL_STARTED;
      case DialogEvent.ReminderTriggered e -> REMINDER_TRIGGERED;
      case DialogEvent.UserValidated e -> USER_VALIDATED;
      case DialogEvent.UserValidationFailed e -> USER_VALIDATION_FAILED;
      case DialogEvent.CompletedPrompt e -> COMPLETED_PROMPT;
      case DialogEvent.FailedPrompt e -> FAILED_PROMPT;
      case DialogEvent.AdvancedToNextPrompt e -> ADVANCED_TO_NEXT_PROMPT;
      case DialogEvent.DrillCompleted e -> DRILL_COMPLETED;
      case DialogEvent.NextDrillRequested e -> NEXT_DRILL_REQUESTED;
      case DialogEvent.OptedOut e -> OPTED_OUT;
      case DialogEvent.AdHocMessageSent e -> AD_HOC_MESSAGE_SENT;
      case DialogEvent.UserUpdated e -> USER_UPDATED;
    };
  }

  public static Optional<EventType> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
