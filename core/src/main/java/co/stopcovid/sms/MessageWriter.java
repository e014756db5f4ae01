package co.stopcovid.sms;

import co.stopcovid.dialog.AdHocText;
import co.stopcovid.dialog.CurrentDrill;
import co.stopcovid.dialog.DialogEvent;
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
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.LocalizedPrompt;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says in the learner's language what happened. */
public final class MessageWriter {
  private final Supplier<EngineTexts> texts;

  /**
   * @param texts for learners who are in no drill
   */
  public MessageWriter(EngineTexts texts) {
    this(() -> texts);
  }

  /**
   * @param texts for learners who are in no drill, as they are when one is written to; what it
   *     throws is thrown by {@link #write} for what needs them
   */
  public MessageWriter(Supplier<EngineTexts> texts) {
    this.texts = texts;
  }

  /** The messages that a batch of events calls for after a state. */
  public List<OutboundMessage> write(EventBatch batch, DialogState before) {
    CurrentDrill current = before.current();
    return write(batch, current == null ? null : current.drill(), before.profile().optedOut());
  }

  /**
   * The messages that a batch of events calls for, in the order they are to arrive.
   *
   * @param drill the drill that the learner was in before the batch; null when in none
   * @param optedOut whether the learner had opted out before the batch
   * @throws IllegalStateException when an event belongs to a drill, and there is none
   */
  public List<OutboundMessage> write(
      EventBatch batch, @Nullable DrillVersion drill, boolean optedOut) {
    List<OutboundMessage> messages = new ArrayList<>();
    DrillVersion current = drill;
    for (int i = 0; i < batch.events().size(); i++) {
      DialogEvent event = batch.events().get(i);
      if (event instanceof DrillStarted started) {
        current = started.drill();
      }
      if (!(event instanceof OptedOut && optedOut)) {
        write(event, new Letter(batch.profile(), batch.eventId(i), current, texts, messages));
      }
    }
    return messages;
  }

  private static void write(DialogEvent event, Letter letter) {
    switch (event) {
      case DrillStarted e -> ask(letter, e.prompt());
      case AdvancedToNextPrompt e -> ask(letter, e.prompt());
      case CompletedPrompt e -> {
        LocalizedPrompt prompt = letter.prompt(e.prompt());
        if (prompt.isGraded()) {
          letter.judge("match_correct_answer", prompt, prompt.explanation());
        }
      }
      case FailedPrompt e -> failed(letter, e, letter.prompt(e.prompt()));
      case ReminderTriggered e -> {
        LocalizedPrompt prompt = letter.prompt(e.prompt());
        letter.say(letter.reminderLabel(e.step()), prompt, prompt.options());
        letter.ask(prompt.questionMessages(), prompt);
      }
      case UserValidationFailed e -> letter.say("user_validation_failed");
      case OptedOut e -> {
        if (!e.confirmedByProvider()) {
          letter.say("opted_out");
        }
      }
      case AdHocMessageSent e -> {
        switch (e.text()) {
          case AdHocText.Message(String words) -> letter.quote(words);
          case AdHocText.Label(String label) -> letter.say(label);
        }
      }
      case UserUpdated e -> {
        if (e.isByLearner()) {
          languageChanged(letter, e.prompt());
        }
      }
      case UserValidated e -> {}
      case DrillCompleted e -> {}
      case NextDrillRequested e -> {}
    }
  }

  private static void ask(Letter letter, PromptSlug slug) {
    LocalizedPrompt prompt = letter.prompt(slug);
    letter.ask(prompt.messages(), prompt);
  }

  private static void failed(Letter letter, FailedPrompt event, LocalizedPrompt prompt) {
    if (event.abandoned()) {
      // Of a question without a right answer there is nothing to correct.
      if (prompt.isGraded()) {
        letter.judge("corrected_answer", prompt, prompt.explanation());
      }
    } else if (event.understood()) {
      letter.judge("incorrect_answer", prompt, help(event, prompt));
    } else if (!prompt.options().isEmpty()) {
      letter.say("unclear_option", prompt, prompt.options());
    } else if (prompt.isGraded()) {
      letter.say("unclear_answer", prompt, "");
    } else {
      letter.say("unclear_form", prompt, prompt.example());
    }
  }

  /** What is said of the very mistake, else of the option that was chosen, else the hint. */
  private static @Nullable Template help(FailedPrompt event, LocalizedPrompt prompt) {
    Template help = prompt.mistakeFeedback(event.feedback());
    if (help == null) {
      help = prompt.optionFeedback(event.choice());
    }
    return help == null ? prompt.hint() : help;
  }

  private static void languageChanged(Letter letter, @Nullable PromptSlug waiting) {
    letter.say("language_changed");
    if (waiting != null) {
      LocalizedPrompt prompt = letter.prompt(waiting);
      letter.ask(prompt.questionMessages(), prompt);
    }
  }
}
