package co.stopcovid.dialog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comes of a command. */
public sealed interface Decision {
  /** It happened. */
  record Happened(List<DialogEvent> events) implements Decision {
    public Happened {
      events = List.copyOf(events);
    }
  }

  /** Nothing happens and nothing is written. */
  record Nothing(NoEvents reason) implements Decision {}

  /** The command can never succeed. */
  record Rejected(String reason) implements Decision {}

  /**
   * The command may succeed later.
   *
   * @param awaited the code whose verdict it waits for; null when it waits for something else
   */
  record NotNow(String reason, @Nullable RegistrationCode awaited) implements Decision {}

  /** Why a command comes to nothing. */
  enum NoEvents {
    /** The SMS provider answers it. */
    HELP_ANSWERED_BY_PROVIDER,
    OPTED_OUT,
    /** The provider's report of an opt-out, of a message from before the learner came back. */
    OPTED_IN_SINCE,
    NOT_VALIDATED,
    /** The reminder is for a drill that the learner is not in, or not any more. */
    OTHER_DRILL,
    /** The reminder is for a prompt that does not wait, or not any more. */
    OTHER_PROMPT,
    ALREADY_REMINDED,
    /** A phone reported that the learner reacted to a message. */
    REACTION,
    /** Thanks and the like. */
    COURTESY,
    /** A message that no rule fits. A person should see it. */
    UNHANDLED
  }
}
