package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.common.Language;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.sms.OutboundMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation up to a state, each step with the ones before it.
 *
 * @param reply what the learner said; null for the start of the drill
 * @param messages what the engine then said
 */
record Transcript(
    @Nullable Transcript before,
    @Nullable String reply,
    List<OutboundMessage> messages,
    DialogState state) {
  private static final int MOST_LINES = 12;

  Transcript {
    messages = List.copyOf(messages);
  }

  static Transcript startingIn(@Nullable Language language) {
    UserProfile profile =
        language == null ? UserProfile.NEW : UserProfile.NEW.withLanguage(language);
    var nobody = new DialogState(Conversation.PHONE, SequenceNumber.ZERO, 0, profile, null);
    return new Transcript(null, null, List.of(), nobody);
  }

  Transcript with(@Nullable String next, List<OutboundMessage> answer, DialogState then) {
    return new Transcript(this, next, answer, then);
  }

  /** The last lines, each {@code learner: …} or {@code engine: …}. */
  String text() {
    Deque<String> lines = new ArrayDeque<>();
    Transcript step = this;
    while (step != null && lines.size() < MOST_LINES) {
      for (OutboundMessage message : step.messages().reversed()) {
        String body = message.body();
        lines.push("engine: " + (body == null ? "(a picture)" : TemplateChecks.quote(body)));
      }
      if (step.reply() != null) {
        lines.push("learner: " + TemplateChecks.quote(step.reply()));
      }
      step = step.before();
    }
    if (step != null) {
      lines.push("…");
    }
    Language language = state.profile().language();
    lines.push("in " + (language == null ? Language.ENGLISH : language) + ":");
    return String.join("\n", lines);
  }
}
