package co.stopcovid.sms;

import co.stopcovid.common.Language;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.LocalizedDrill;
import co.stopcovid.drills.LocalizedPrompt;
import co.stopcovid.drills.LocalizedPrompt.LocalizedMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Template;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is said to one learner on one event, in the learner's language and with the values. */
final class Letter {
  private static final String COMPANY_LABEL = "your_company";

  private final UserProfile profile;
  private final UUID event;
  private final @Nullable LocalizedDrill drill;
  private final Supplier<EngineTexts> texts;
  private final List<OutboundMessage> messages;

  /**
   * @param drill the drill that the learner is in; null when in none
   * @param texts of the engine, where the learner is in no drill
   * @param messages get what is said
   */
  Letter(
      UserProfile profile,
      UUID event,
      @Nullable DrillVersion drill,
      Supplier<EngineTexts> texts,
      List<OutboundMessage> messages) {
    this.profile = profile;
    this.event = event;
    this.drill = drill == null ? null : drill.in(profile.language());
    this.texts = texts;
    this.messages = messages;
  }

  LocalizedPrompt prompt(PromptSlug slug) {
    return drill().prompt(slug);
  }

  void ask(List<LocalizedMessage> asked, LocalizedPrompt prompt) {
    for (LocalizedMessage message : asked) {
      Template text = message.text();
      messages.add(
          new OutboundMessage(
              text == null ? null : fill(text, prompt.correctAnswer(), prompt.options()),
              message.mediaUrl()));
    }
  }

  /** Words of a person, as they stand. */
  void quote(String words) {
    messages.add(new OutboundMessage(words, null));
  }

  /** A text of the engine's own: of the drill's course, where the learner is in one. */
  void say(String label) {
    messages.add(new OutboundMessage(fill(engineText(label), "", listedLanguages()), null));
  }

  /**
   * A text of the engine's own about a prompt.
   *
   * @param options what can be replied
   */
  void say(String label, LocalizedPrompt prompt, String options) {
    messages.add(
        new OutboundMessage(fill(engineText(label), prompt.correctAnswer(), options), null));
  }

  /**
   * A verdict on an answer and what helps to understand it: in one message where they fit.
   *
   * @param reason null: there is nothing more to say
   */
  void judge(String label, LocalizedPrompt prompt, @Nullable Template reason) {
    String verdict = fill(engineText(label), prompt.correctAnswer(), prompt.options());
    if (reason == null) {
      messages.add(new OutboundMessage(verdict, null));
      return;
    }
    String why = fill(reason, prompt.correctAnswer(), prompt.options());
    String both = verdict + "\n" + why;
    if (SmsSegments.of(both).segments() <= SmsSegments.BUDGET) {
      messages.add(new OutboundMessage(both, null));
    } else {
      messages.add(new OutboundMessage(verdict, null));
      messages.add(new OutboundMessage(why, null));
    }
  }

  /** The label for a step of reminders: the last that there is a text for. */
  String reminderLabel(int step) {
    return drill().reminderLabel(step);
  }

  private LocalizedDrill drill() {
    if (drill == null) {
      throw new IllegalStateException("the event belongs to a drill, but the learner is in none");
    }
    return drill;
  }

  private Template engineText(String label) {
    return drill == null ? texts.get().find(profile.language(), label) : drill.engineText(label);
  }

  private String listedLanguages() {
    Language language = profile.language();
    return drill == null ? texts.get().listedLanguages(language) : drill.listedLanguages();
  }

  private String fill(Template text, String correctAnswer, String options) {
    return text.fill(
        value ->
            switch (value) {
              case "name" -> firstName(profile.name());
              case "company" -> {
                String company = profile.accountInfo().company();
                yield company.isBlank() ? engineText(COMPANY_LABEL).fill(none -> "") : company;
              }
              case "correct_answer" -> correctAnswer;
              case "options" -> options;
              case "emojis" -> Cheer.of(event);
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
