package co.stopcovid.sms;

import co.stopcovid.common.Language;
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
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.LocalizedDrill;
import co.stopcovid.drills.LocalizedPrompt;
import co.stopcovid.drills.LocalizedPrompt.LocalizedMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says in the learner's language what happened. */
public final class MessageWriter {
  private static final String COMPANY_LABEL = "your_company";

  /** Whom a message is for, and the event that it tells of. */
  private record Addressee(UserProfile profile, UUID event) {}

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
        write(event, new Addressee(batch.profile(), batch.eventId(i)), current, messages);
      }
    }
    return messages;
  }

  private void write(
      DialogEvent event,
      Addressee learner,
      @Nullable DrillVersion drill,
      List<OutboundMessage> messages) {
    switch (event) {
      case DrillStarted e -> prompt(drill, e.prompt(), learner, messages);
      case AdvancedToNextPrompt e -> prompt(drill, e.prompt(), learner, messages);
      case CompletedPrompt e -> {
        if (localized(drill, learner).prompt(e.prompt()).isGraded()) {
          say("match_correct_answer", drill, e.prompt(), learner, messages);
        }
      }
      case FailedPrompt e ->
          say(
              e.abandoned() ? "corrected_answer" : "incorrect_answer",
              drill,
              e.prompt(),
              learner,
              messages);
      case ReminderTriggered e -> {
        say("drill_reminder", drill, e.prompt(), learner, messages);
        questionAgain(drill, e.prompt(), learner, messages);
      }
      case UserValidationFailed e ->
          messages.add(engineText("user_validation_failed", learner, drill));
      case OptedOut e -> {
        if (!e.confirmedByProvider()) {
          messages.add(engineText("opted_out", learner, drill));
        }
      }
      case AdHocMessageSent e -> messages.add(said(e.text(), learner, drill));
      case UserUpdated e -> {
        if (e.isByLearner()) {
          messages.add(engineText("language_changed", learner, drill));
          if (e.prompt() != null) {
            questionAgain(drill, e.prompt(), learner, messages);
          }
        }
      }
      case UserValidated e -> {}
      case DrillCompleted e -> {}
      case NextDrillRequested e -> {}
    }
  }

  private OutboundMessage said(AdHocText text, Addressee learner, @Nullable DrillVersion drill) {
    return switch (text) {
      case AdHocText.Message(String words) -> new OutboundMessage(words, null);
      case AdHocText.Label(String label) -> engineText(label, learner, drill);
    };
  }

  /** A text of the engine's own; of the drill's course where the learner is in one. */
  private OutboundMessage engineText(
      String label, Addressee learner, @Nullable DrillVersion drill) {
    if (drill != null) {
      LocalizedDrill localized = drill.in(learner.profile().language());
      Template company = localized.engineText(COMPANY_LABEL);
      return new OutboundMessage(
          fill(localized.engineText(label), learner, "", localized.listedLanguages(), company),
          null);
    }
    EngineTexts current = texts.get();
    Language language = learner.profile().language();
    Template company = current.find(language, COMPANY_LABEL);
    String languages = current.listedLanguages(language);
    return new OutboundMessage(
        fill(current.find(language, label), learner, "", languages, company), null);
  }

  private static void prompt(
      @Nullable DrillVersion drill,
      PromptSlug slug,
      Addressee learner,
      List<OutboundMessage> messages) {
    LocalizedDrill localized = localized(drill, learner);
    LocalizedPrompt prompt = localized.prompt(slug);
    ask(prompt.messages(), localized, prompt, learner, messages);
  }

  private static void questionAgain(
      @Nullable DrillVersion drill,
      PromptSlug slug,
      Addressee learner,
      List<OutboundMessage> messages) {
    LocalizedDrill localized = localized(drill, learner);
    LocalizedPrompt prompt = localized.prompt(slug);
    ask(prompt.questionMessages(), localized, prompt, learner, messages);
  }

  private static void ask(
      List<LocalizedMessage> asked,
      LocalizedDrill localized,
      LocalizedPrompt prompt,
      Addressee learner,
      List<OutboundMessage> messages) {
    for (LocalizedMessage message : asked) {
      String body =
          message.text() == null
              ? null
              : fill(
                  message.text(),
                  learner,
                  prompt.correctAnswer(),
                  "",
                  localized.engineText(COMPANY_LABEL));
      messages.add(new OutboundMessage(body, message.mediaUrl()));
    }
  }

  private static void say(
      String label,
      @Nullable DrillVersion drill,
      PromptSlug slug,
      Addressee learner,
      List<OutboundMessage> messages) {
    LocalizedDrill localized = localized(drill, learner);
    String body =
        fill(
            localized.engineText(label),
            learner,
            localized.prompt(slug).correctAnswer(),
            "",
            localized.engineText(COMPANY_LABEL));
    messages.add(new OutboundMessage(body, null));
  }

  private static LocalizedDrill localized(@Nullable DrillVersion drill, Addressee learner) {
    if (drill == null) {
      throw new IllegalStateException("the event belongs to a drill, but the learner is in none");
    }
    Language language = learner.profile().language();
    return drill.in(language);
  }

  private static String fill(
      Template text,
      Addressee learner,
      String correctAnswer,
      String options,
      Template yourCompany) {
    return text.fill(
        value ->
            switch (value) {
              case "name" -> firstName(learner.profile().name());
              case "company" -> {
                String company = learner.profile().accountInfo().company();
                yield company.isBlank() ? yourCompany.fill(none -> "") : company;
              }
              case "correct_answer" -> correctAnswer;
              case "options" -> options;
              case "emojis" -> Cheer.of(learner.event());
              default -> throw new IllegalStateException("unknown value " + value);
            });
  }

  /** What a learner who gave a whole name is called. */
  private static String firstName(String name) {
    String stripped = name.strip();
    for (int i = 0; i < stripped.length(); i++) {
      if (Character.isWhitespace(stripped.charAt(i))) {
        return stripped.substring(0, i);
      }
    }
    return stripped;
  }
}
