package co.stopcovid.sms;

import static co.stopcovid.drills.TestContent.TABLES;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogEvent.CompletedPrompt;
import co.stopcovid.dialog.DialogEvent.FailedPrompt;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.Feedback;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Review;
import co.stopcovid.drills.TestContent;
import co.stopcovid.drills.Translations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a learner is told of an answer: DOMAIN.md section 7. */
class JudgedMessagesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");
  private static final UUID INSTANCE = new UUID(0, 1);
  private static final String WHY = "Soap loosens fat, and with it the germs.";
  private static final String HINT = "It foams.";

  /** As long as three segments hold after "Correct!" and a line break. */
  private static final String JUST_FITS = "w".repeat(3 * 153 - "Correct!\n".length());

  private final MessageWriter writer =
      new MessageWriter(new EngineTexts(Translations.NONE, TABLES));

  @Test
  void anExplanationFollowsThePraiseInOneMessage() {
    assertThat(said(asking(options(), feedback(WHY, HINT)), right()))
        .containsExactly("Correct!\n" + WHY);
  }

  @Test
  void anExplanationIsAMessageOfItsOwnOnlyWhereBothAreTooLong() {
    assertThat(said(asking(options(), feedback(JUST_FITS, HINT)), right()))
        .containsExactly("Correct!\n" + JUST_FITS);
    assertThat(said(asking(options(), feedback(JUST_FITS + "w", HINT)), right()))
        .containsExactly("Correct!", JUST_FITS + "w");
  }

  /** One character outside GSM-7 makes the segments shorter. */
  @Test
  void theBudgetIsThatOfTheEncoding() {
    String longWhy = "ł".repeat(3 * 67 - "Correct!\n".length());

    assertThat(said(asking(options(), feedback(longWhy, HINT)), right())).hasSize(1);
    assertThat(said(asking(options(), feedback(longWhy + "ł", HINT)), right())).hasSize(2);
  }

  @Test
  void withoutAnExplanationThereIsNoEmptyLine() {
    assertThat(said(asking(options(), Feedback.NONE), right())).containsExactly("Correct!");
  }

  @Test
  void aChosenOptionGetsWhatIsSaidOfIt() {
    assertThat(said(asking(options(), feedback(WHY, HINT)), wrong("b", null)))
        .containsExactly("Not quite. Try again.\nSand scratches.");
  }

  @Test
  void anExpectedMistakeComesBeforeTheOption() {
    assertThat(said(asking(options(), feedback(WHY, HINT)), wrong("b", "soil")))
        .containsExactly("Not quite. Try again.\nSoil is what you wash off.");
  }

  @Test
  void elseAWrongAnswerGetsTheHint() {
    for (@Nullable String choice : new @Nullable String[] {null, "c"}) {
      assertThat(said(asking(options(), feedback(WHY, HINT)), wrong(choice, null)))
          .containsExactly("Not quite. Try again.\nIt foams.");
    }
    assertThat(said(asking(options(), feedback(WHY, null)), wrong("c", null)))
        .containsExactly("Not quite. Try again.");
  }

  @Test
  void whatIsNotUnderstoodIsAskedAgainByItsOptions() {
    assertThat(said(asking(options(), feedback(WHY, HINT)), unclear()))
        .containsExactly("Reply a, b or c.");
  }

  @Test
  void whatIsNotUnderstoodIsAskedAgainForTheAnswerAlone() {
    assertThat(said(asking("What do you need?", feedback(WHY, HINT)), unclear()))
        .containsExactly("Only your answer, please.");
  }

  @Test
  void whatIsOutsideAFormIsAskedAgainByAnExample() {
    assertThat(said(rating("From 1 to 5?"), unclear())).containsExactly("For example: 5");
    assertThat(said(rating("1) bad\n2) good"), unclear())).containsExactly("Reply 1 or 2.");
  }

  @Test
  void anAbandonedQuestionGetsTheAnswerAndTheReason() {
    assertThat(said(asking(options(), feedback(WHY, HINT)), abandoned()))
        .containsExactly("The answer is: a) soap\n" + WHY);
    assertThat(said(asking(options(), feedback("w".repeat(450), HINT)), abandoned()))
        .containsExactly("The answer is: a) soap", "w".repeat(450));
  }

  @Test
  void ofAnAbandonedFormNothingIsSaid() {
    assertThat(said(rating("From 1 to 5?"), abandoned())).isEmpty();
  }

  private List<@Nullable String> said(Prompt prompt, DialogEvent event) {
    var closing =
        new Prompt(new PromptSlug("end"), List.of(new PromptMessage("Bye", null)), null, null, 1);
    var drill = new Drill(new DrillSlug("01-hands"), "Hands", List.of(prompt, closing));
    var batch =
        new EventBatch(
            new PhoneNumber("+12025550123"),
            SequenceNumber.of(1),
            1,
            NOW,
            UserProfile.NEW,
            List.of(event));
    var version =
        DrillVersion.of(
            drill, TestContent.texts("en", "soil", "Soil is what you wash off."), TABLES);
    return writer.write(batch, version, false).stream()
        .<@Nullable String>map(OutboundMessage::body)
        .toList();
  }

  private static String options() {
    return "What do you need?\na) soap\nb) sand\nc) salt";
  }

  private static Feedback feedback(String why, @Nullable String hint) {
    var soil = new Feedback.Mistake("soil", "soil");
    return new Feedback(why, hint, new TreeMap<>(Map.of("b", "Sand scratches.")), List.of(soil));
  }

  private static Prompt asking(String question, Feedback feedback) {
    return new Prompt(
        new PromptSlug("soap"),
        List.of(new PromptMessage(question, null)),
        question.contains("a)") ? "a) soap" : "soap",
        List.of(),
        null,
        1,
        feedback,
        Review.DEFAULT);
  }

  private static Prompt rating(String question) {
    return new Prompt(
        new PromptSlug("soap"),
        List.of(new PromptMessage(question, null)),
        null,
        ProfileKey.SELF_RATING_1,
        1);
  }

  private static DialogEvent right() {
    return new CompletedPrompt(NOW, INSTANCE, new PromptSlug("soap"), "a");
  }

  private static DialogEvent wrong(@Nullable String choice, @Nullable String mistake) {
    return failed(false, true, choice, mistake);
  }

  private static DialogEvent unclear() {
    return failed(false, false, null, null);
  }

  private static DialogEvent abandoned() {
    return failed(true, true, null, null);
  }

  private static DialogEvent failed(
      boolean abandoned, boolean understood, @Nullable String choice, @Nullable String mistake) {
    var soap = new PromptSlug("soap");
    return new FailedPrompt(NOW, INSTANCE, soap, "?", abandoned, understood, choice, mistake);
  }
}
