package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CurrentDrill;
import co.stopcovid.dialog.Decision;
import co.stopcovid.dialog.Dialog;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.Facts;
import co.stopcovid.dialog.PromptState;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.sms.MessageWriter;
import co.stopcovid.sms.OutboundMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One drill spoken through with the engine's own rules, one command at a time. */
final class Conversation {
  static final PhoneNumber PHONE = new PhoneNumber("+12025550100");

  /** {@link Dialog#decide}, or what a test puts in its place. */
  interface Rules {
    Decision decide(DialogState state, DialogCommand command, Facts facts);
  }

  /**
   * What a command led to.
   *
   * @param events none when the engine did nothing
   */
  record Step(DialogState state, List<DialogEvent> events, List<OutboundMessage> messages) {
    boolean isDrillCompleted() {
      return events.stream().anyMatch(DialogEvent.DrillCompleted.class::isInstance);
    }

    /** The prompt whose messages the step ends with; empty when it shows none. */
    Optional<PromptSlug> shown() {
      PromptSlug shown = null;
      for (DialogEvent event : events) {
        if (event instanceof DialogEvent.DrillStarted started) {
          shown = started.prompt();
        } else if (event instanceof DialogEvent.AdvancedToNextPrompt advanced) {
          shown = advanced.prompt();
        }
      }
      return Optional.ofNullable(shown);
    }

    boolean hasBlankMessage() {
      return messages.stream().anyMatch(Step::isBlank);
    }

    boolean beginsBlank() {
      return !messages.isEmpty() && isBlank(messages.getFirst());
    }

    private static boolean isBlank(OutboundMessage message) {
      return message.mediaUrl() == null && (message.body() == null || message.body().isBlank());
    }
  }

  private final DrillVersion drill;
  private final Keywords keywords;
  private final MessageWriter writer;
  private final Rules rules;

  Conversation(DrillVersion drill, Keywords keywords, MessageWriter writer, Rules rules) {
    this.drill = drill;
    this.keywords = keywords;
    this.writer = writer;
    this.rules = rules;
  }

  /** The start of the drill by a learner of whom no more is known than the language, if that. */
  Step start(@Nullable Language language) {
    UserProfile validated = UserProfile.NEW.withValidation(false, AccountInfo.NONE);
    UserProfile profile = language == null ? validated : validated.withLanguage(language);
    var state = new DialogState(PHONE, SequenceNumber.ZERO, 0, profile, null);
    return say(state, new DialogCommand.StartDrill(PHONE, drill.slug()));
  }

  Step reply(DialogState state, String body) {
    return say(state, new DialogCommand.ReceiveSms(PHONE, body));
  }

  /** A reminder of the prompt that waits. */
  Step remind(DialogState state, CurrentDrill current, PromptState waiting) {
    return say(
        state, new DialogCommand.TriggerReminder(PHONE, current.instanceId(), waiting.slug()));
  }

  boolean isKeyword(String reply) {
    return keywords.isHelp(reply) || keywords.isOptOut(reply);
  }

  private Step say(DialogState state, DialogCommand command) {
    SequenceNumber seq = state.seq().next();
    Facts facts = Facts.of(Instant.EPOCH, seq, keywords).withDrill(drill);
    if (!(rules.decide(state, command, facts) instanceof Decision.Happened(var events))) {
      return new Step(state, List.of(), List.of());
    }
    DialogState next = state;
    for (DialogEvent event : events) {
      next = Dialog.evolve(next, event);
    }
    var batch =
        new EventBatch(PHONE, seq, state.version() + 1, Instant.EPOCH, next.profile(), events);
    return new Step(Dialog.evolve(state, batch), events, writer.write(batch, state));
  }
}
