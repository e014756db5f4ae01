package co.stopcovid.dialog;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Translations;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request to the dialog of one learner. It may come to nothing. */
public sealed interface DialogCommand {
  PhoneNumber phone();

  /** Start a drill, in place of one that may be under way. */
  record StartDrill(PhoneNumber phone, DrillSlug drill, StartCause cause) implements DialogCommand {
    /** A scheduled start. */
    public StartDrill(PhoneNumber phone, DrillSlug drill) {
      this(phone, drill, StartCause.SCHEDULED);
    }
  }

  /**
   * Remind of a prompt, if it still waits for an answer.
   *
   * @param step 1 for the first reminder of the prompt; each is sent once
   */
  record TriggerReminder(PhoneNumber phone, UUID drillInstanceId, PromptSlug prompt, int step)
      implements DialogCommand {
    /**
     * @throws IllegalArgumentException when the step is below 1
     */
    public TriggerReminder {
      if (step < 1) {
        throw new IllegalArgumentException("step is " + step + ", but begins with 1");
      }
    }

    /** The first reminder. */
    public TriggerReminder(PhoneNumber phone, UUID drillInstanceId, PromptSlug prompt) {
      this(phone, drillInstanceId, prompt, 1);
    }
  }

  /**
   * Say something apart from drills.
   *
   * @param reply whether it answers what the learner wrote just now
   * @param sentBy the person who says it; null: the engine
   */
  record SendAdHocMessage(PhoneNumber phone, AdHocText text, boolean reply, @Nullable String sentBy)
      implements DialogCommand {
    /**
     * @throws IllegalArgumentException when the label is none of the engine's, or sentBy too long
     */
    public SendAdHocMessage {
      if (text instanceof AdHocText.Label(String label)
          && !Translations.ENGINE_LABELS.contains(label)) {
        throw new IllegalArgumentException(
            "unknown label; known are " + String.join(", ", Translations.ENGINE_LABELS));
      }
      sentBy = sentBy == null ? null : person(sentBy);
    }
  }

  /**
   * Change a learner's profile.
   *
   * @param purgeDrillState whether a drill under way ends
   * @param sentBy the person who changes it
   */
  record UpdateUser(
      PhoneNumber phone, ProfileChanges changes, boolean purgeDrillState, String sentBy)
      implements DialogCommand {
    /**
     * @throws IllegalArgumentException when sentBy is too long
     */
    public UpdateUser {
      sentBy = person(sentBy);
    }
  }

  /** The longest name of a person who sends a command, in UTF-16 units. */
  int LONGEST_PERSON = 200;

  private static String person(String name) {
    if (name.length() > LONGEST_PERSON) {
      throw new IllegalArgumentException(
          "sent_by has %d characters; at most %d are allowed"
              .formatted(name.length(), LONGEST_PERSON));
    }
    return StorableText.of(name);
  }

  /**
   * A learner's message.
   *
   * @param body as received, at most {@value #MAX_BODY} UTF-16 units; may be empty. What no store
   *     takes, NUL and halves of surrogate pairs, is replaced by U+FFFD
   * @param webhook the form that the SMS provider sent, for the message log; may be empty
   */
  record ReceiveSms(PhoneNumber phone, String body, Map<String, String> webhook)
      implements DialogCommand {
    /** Ten times what an SMS provider delivers. */
    public static final int MAX_BODY = 16_000;

    /**
     * @throws IllegalArgumentException when the body is too long
     */
    public ReceiveSms {
      if (body.length() > MAX_BODY) {
        throw new IllegalArgumentException(
            "the body has %d characters; at most %d are allowed"
                .formatted(body.length(), MAX_BODY));
      }
      body = StorableText.of(body);
      var form = new HashMap<String, String>();
      webhook.forEach((name, value) -> form.put(StorableText.of(name), StorableText.of(value)));
      webhook = Map.copyOf(form);
    }

    public ReceiveSms(PhoneNumber phone, String body) {
      this(phone, body, Map.of());
    }

    /** Without the text, which is private. */
    @Override
    public String toString() {
      return "ReceiveSms[phone=%s, %d characters]".formatted(phone, body.length());
    }
  }
}
