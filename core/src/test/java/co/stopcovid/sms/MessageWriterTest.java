package co.stopcovid.sms;

import static co.stopcovid.drills.TestContent.TABLES;
import static co.stopcovid.drills.TestContent.both;
import static co.stopcovid.drills.TestContent.drill;
import static co.stopcovid.drills.TestContent.graded;
import static co.stopcovid.drills.TestContent.open;
import static co.stopcovid.drills.TestContent.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.TestContent;
import co.stopcovid.drills.Translations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DOMAIN.md section 7: which messages follow from which events, and what they say. */
class MessageWriterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");
  private static final UUID INSTANCE = new UUID(0, 1);
  private static final Translations TEXTS =
      both(
          texts("en", "q", "What do you need?", "a", "soap", "only-english", "English only"),
          texts("es", "q", "¿Qué se necesita?", "a", "jabón"));
  private static final DrillVersion DRILL =
      drill(
          "01-hands",
          TEXTS,
          open("rate", "Hello {{name}}", "How sure are you?"),
          graded("soap", "{{a}}", 1, "{{q}}"),
          open("done", "{{only-english}}"));
  private static final UserProfile ANA =
      UserProfile.NEW
          .withValidation(false, AccountInfo.of(Map.of("company", "Acme")))
          .withReply(ProfileKey.NAME, "Ana María Núñez");

  private final MessageWriter writer = new MessageWriter(new EngineTexts(TEXTS, TABLES));

  @Test
  void aDrillStartsWithTheMessagesOfItsFirstPrompt() {
    assertThat(bodies(ANA, null, started(DRILL))).containsExactly("Hello Ana", "How sure are you?");
  }

  @Test
  void aStartedDrillSpeaksForItselfWhateverWasUnderWay() {
    DrillVersion other = drill("02-other", open("first", "Another one"));

    assertThat(bodies(ANA, DRILL, started(other))).containsExactly("Another one");
  }

  @Test
  void advancingSaysTheNextPrompt() {
    assertThat(bodies(ANA, DRILL, advanced("soap"))).containsExactly("What do you need?");
  }

  @Test
  void aRightAnswerIsPraised() {
    assertThat(bodies(ANA, DRILL, completed("soap"))).containsExactly("Correct!");
  }

  @Test
  void aReplyToAPromptThatIsNotGradedIsNotPraised() {
    assertThat(bodies(ANA, DRILL, completed("rate"))).isEmpty();
  }

  @Test
  void aWrongAnswerAsksForAnotherTry() {
    assertThat(bodies(ANA, DRILL, failed("soap", false))).containsExactly("Not quite. Try again.");
  }

  @Test
  void anAbandonedPromptIsCorrected() {
    assertThat(bodies(ANA, DRILL, failed("soap", true))).containsExactly("The answer is: soap");
    assertThat(bodies(spanish(), DRILL, failed("soap", true)))
        .containsExactly("The answer is: jabón");
  }

  @Test
  void aReminderRemindsByName() {
    assertThat(bodies(ANA, DRILL, new DialogEvent.ReminderTriggered(NOW, INSTANCE, slug("soap"))))
        .containsExactly("Hello Ana, your question is waiting.", "What do you need?");
  }

  @Test
  void aFailedValidationAsksForTheCode() {
    var failed = new DialogEvent.UserValidationFailed(NOW);

    assertThat(bodies(UserProfile.NEW, null, failed))
        .containsExactly("Ask your company for your code.");
    assertThat(bodies(UserProfile.NEW.withLanguage(TestContent.SPANISH), null, failed))
        .containsExactly("Pida su código a su empresa.");
    assertThat(bodies(ANA, null, failed)).containsExactly("Ask Acme for your code.");
  }

  @Test
  void theRestSaysNothing() {
    assertThat(
            bodies(
                ANA,
                DRILL,
                new DialogEvent.UserValidated(NOW, false, AccountInfo.NONE),
                new DialogEvent.DrillCompleted(NOW, INSTANCE),
                new DialogEvent.NextDrillRequested(NOW),
                new DialogEvent.OptedOut(NOW, INSTANCE, true),
                new DialogEvent.OptedOut(NOW, null, true)))
        .isEmpty();
  }

  @Test
  void messagesOfABatchComeInTheOrderOfItsEvents() {
    assertThat(
            bodies(
                ANA,
                DRILL,
                completed("soap"),
                advanced("done"),
                new DialogEvent.DrillCompleted(NOW, INSTANCE)))
        .containsExactly("Correct!", "English only");
    assertThat(bodies(ANA, DRILL, failed("soap", true), advanced("done")))
        .containsExactly("The answer is: soap", "English only");
  }

  @Test
  void textsAreInTheLearnersLanguageElseInEnglish() {
    assertThat(bodies(spanish(), DRILL, completed("soap"), advanced("soap"), advanced("done")))
        .containsExactly("¡Correcto!", "¿Qué se necesita?", "English only");
  }

  @Test
  void aLanguageWithoutTextsMeansEnglish() {
    assertThat(bodies(ANA.withLanguage(new Language("tlh")), DRILL, advanced("soap")))
        .containsExactly("What do you need?");
    assertThat(
            bodies(
                UserProfile.NEW.withLanguage(new Language("tlh")),
                null,
                new DialogEvent.UserValidationFailed(NOW)))
        .containsExactly("Ask your company for your code.");
  }

  @Test
  void theOrganisationsOwnWordsComeBeforeTheEnginesInTheSameLanguage() {
    DrillVersion drill =
        drill(
            "01-hands",
            texts("en", "match_correct_answer", "Bravo {{name}}!", "your_company", "us"),
            graded("soap", "soap", 1, "{{company}} asks: what?"),
            open("done", "Bye"));

    assertThat(bodies(ANA, drill, completed("soap"))).containsExactly("Bravo Ana!");
    assertThat(bodies(spanish(), drill, completed("soap"))).containsExactly("¡Correcto!");
    assertThat(bodies(UserProfile.NEW, drill, started(drill))).containsExactly("us asks: what?");
  }

  @Test
  void anEventIsCheeredWithTheSameEmojiHoweverOftenItIsWritten() {
    DrillVersion drill =
        drill(
            "01-hands",
            texts("en", "match_correct_answer", "Right! {{emojis}}"),
            graded("soap", "soap", 1, "What?"),
            open("done", "Bye {{emojis}}"));
    EventBatch batch = batch(ANA, completed("soap"), advanced("done"));

    List<OutboundMessage> messages = writer.write(batch, drill, false);

    assertThat(messages).isEqualTo(writer.write(batch, drill, false));
    assertThat(messages.getFirst().body()).isEqualTo("Right! " + Cheer.of(batch.eventId(0)));
    assertThat(messages.getLast().body()).isEqualTo("Bye " + Cheer.of(batch.eventId(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "Ana, Hello Ana",
    "Ana María, Hello Ana",
    "'  Ana\tMaría ', Hello Ana",
    "张伟, Hello 张伟",
    "'', Hello",
  })
  void aLearnerIsCalledByTheFirstName(String name, String greeting) {
    assertThat(bodies(UserProfile.NEW.withReply(ProfileKey.NAME, name), null, started(DRILL)))
        .first()
        .isEqualTo(greeting);
  }

  @Test
  void aLearnerWhoseNameIsNotKnownIsGreetedWithout() {
    assertThat(bodies(UserProfile.NEW, null, started(DRILL))).first().isEqualTo("Hello");
  }

  /** A learner, or an employer, who is called like a reference stays so. */
  @ParameterizedTest
  @ValueSource(
      strings = {"{{company}}", "{{correct_answer}}", "{{name}}", "{{", "$1", "\\", "%s", "{{q}}"})
  void aValueIsNeverExpandedAgain(String value) {
    DrillVersion drill =
        drill(
            "01-hands",
            texts("en", "q", "secret"),
            graded("only", "{{q}}", 1, "<{{name}}> <{{company}}>"));
    UserProfile odd =
        UserProfile.NEW
            .withReply(ProfileKey.NAME, value)
            .withValidation(false, AccountInfo.of(Map.of("company", value)));

    assertThat(bodies(odd, null, started(drill))).containsExactly("<%s> <%s>".replace("%s", value));
  }

  @Test
  void anUnknownCompanyIsYourCompany() {
    DrillVersion drill = drill("01-hands", open("only", "{{company}} cares."));

    assertThat(bodies(UserProfile.NEW, null, started(drill)))
        .containsExactly("your company cares.");
    assertThat(bodies(withCompany(" "), null, started(drill)))
        .containsExactly("your company cares.");
    assertThat(bodies(withCompany(17L), null, started(drill)))
        .containsExactly("your company cares.");
    assertThat(bodies(UserProfile.NEW.withLanguage(TestContent.SPANISH), null, started(drill)))
        .containsExactly("su empresa cares.");
  }

  @Test
  void labelsMayReferToLabels() {
    DrillVersion drill =
        drill(
            "01-hands",
            texts("en", "greeting", "{{hi}} {{name}}!", "hi", "Hi"),
            open("only", "{{greeting}} {{ hi }}"));

    assertThat(bodies(ANA, null, started(drill))).containsExactly("Hi Ana! Hi");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{nowhere}}", "{{loop}}", "{{", "{{two words}}"})
  void aTextThatCannotBeSaidIsAnErrorWhenItIsLoaded(String text) {
    Prompt[] prompts = {open("only", text)};
    Translations loop = texts("en", "loop", "a {{pool}}", "pool", "b {{loop}}");

    assertThatThrownBy(() -> drill("01-hands", loop, prompts))
        .isInstanceOf(ContentException.class)
        .hasMessageContaining("01-hands");
  }

  @Test
  void aLabelThatOneLanguageAloneRefersToIsAnErrorWhenItIsLoaded() {
    Translations odd = both(texts("en", "q", "What?"), texts("es", "q", "{{nowhere}}"));

    assertThatThrownBy(() -> drill("01-hands", odd, open("only", "{{q}}")))
        .isInstanceOf(ContentException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void picturesAreSentWithOrWithoutText() {
    DrillVersion drill =
        DrillVersion.of(
            new Drill(
                new DrillSlug("01-hands"),
                "Hands",
                List.of(
                    new Prompt(
                        slug("only"),
                        List.of(
                            new PromptMessage("Look {{name}}", "https://example.org/a.png"),
                            new PromptMessage(null, "https://example.org/b.png")),
                        null,
                        null,
                        1))),
            Translations.NONE,
            TABLES);

    assertThat(writer.write(batch(ANA, started(drill)), null, false))
        .containsExactly(
            new OutboundMessage("Look Ana", "https://example.org/a.png"),
            new OutboundMessage(null, "https://example.org/b.png"));
  }

  @Test
  void theLearnerStaysOnTheVersionOfTheDrill() {
    DrillVersion newer =
        drill("01-hands", graded("soap", "water", 1, "Something else"), open("done", "Bye"));

    assertThat(newer.id()).isNotEqualTo(DRILL.id());
    assertThat(bodies(ANA, DRILL, failed("soap", true), advanced("soap")))
        .containsExactly("The answer is: soap", "What do you need?");
  }

  @Test
  void anEventOfADrillWithoutTheDrillIsAMistake() {
    assertThatThrownBy(() -> bodies(ANA, null, advanced("soap")))
        .isInstanceOf(IllegalStateException.class);
  }

  private static UserProfile withCompany(Object company) {
    return UserProfile.NEW.withValidation(false, AccountInfo.of(Map.of("company", company)));
  }

  private static UserProfile spanish() {
    return ANA.withLanguage(TestContent.SPANISH);
  }

  private List<@Nullable String> bodies(
      UserProfile profile, @Nullable DrillVersion drill, DialogEvent... events) {
    return writer.write(batch(profile, events), drill, false).stream()
        .<@Nullable String>map(OutboundMessage::body)
        .toList();
  }

  private static EventBatch batch(UserProfile profile, DialogEvent... events) {
    return new EventBatch(
        new PhoneNumber("+12025550123"), SequenceNumber.of(1), 1, NOW, profile, List.of(events));
  }

  private static DialogEvent started(DrillVersion drill) {
    return new DialogEvent.DrillStarted(NOW, INSTANCE, drill, drill.drill().first().slug());
  }

  private static DialogEvent advanced(String prompt) {
    return new DialogEvent.AdvancedToNextPrompt(NOW, INSTANCE, slug(prompt));
  }

  private static DialogEvent completed(String prompt) {
    return new DialogEvent.CompletedPrompt(NOW, INSTANCE, slug(prompt), "soap");
  }

  private static DialogEvent failed(String prompt, boolean abandoned) {
    return new DialogEvent.FailedPrompt(NOW, INSTANCE, slug(prompt), "water", abandoned);
  }

  private static PromptSlug slug(String slug) {
    return new PromptSlug(slug);
  }
}
