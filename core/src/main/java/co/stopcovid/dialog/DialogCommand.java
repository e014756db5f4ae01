package co.stopcovid.dialog;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.PromptSlug;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A request to the dialog of one learner. It may come to nothing. */
public sealed interface DialogCommand {
  PhoneNumber phone();

  /** Start a drill, in place of one that may be under way. */
  record StartDrill(PhoneNumber phone, DrillSlug drill) implements DialogCommand {}

  /** Remind of a prompt, if it still waits for an answer. */
  record TriggerReminder(PhoneNumber phone, UUID drillInstanceId, PromptSlug prompt)
      implements DialogCommand {}

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
