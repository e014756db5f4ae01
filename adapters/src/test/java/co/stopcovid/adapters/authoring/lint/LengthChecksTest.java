package co.stopcovid.adapters.authoring.lint;

import static co.stopcovid.adapters.authoring.lint.Lesson.say;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LengthChecksTest {
  @Test
  void aMessageFitsIntoThreeSegments() {
    assertThat(Lesson.of(say("long", "a".repeat(459))).findings()).isEmpty();
    assertThat(Lesson.of(say("long", "a".repeat(460))).findings())
        .containsExactly(
            "WARNING d.yaml prompt long: the message takes up to 4 SMS segments, the most is 3: it"
                + " has up to 460 characters, 459 fit");
  }

  @Test
  void theCharacterThatCostsSoMuchIsNamed() {
    assertThat(Lesson.of(say("long", "é".repeat(202))).findings()).isEmpty();
    assertThat(Lesson.of(say("long", "á".repeat(201))).findings()).isEmpty();
    assertThat(Lesson.of(say("long", "e".repeat(201) + "á")).findings())
        .containsExactly(
            "WARNING d.yaml prompt long: the message takes up to 4 SMS segments, the most is 3: it"
                + " has up to 202 characters, 201 fit, because “á” is outside the GSM alphabet");
  }

  @Test
  void theOrganisationSetsTheMost() {
    Lesson lesson = Lesson.of(say("long", "a".repeat(161)));
    assertThat(lesson.findings(new LintOptions(2, 6))).isEmpty();
    assertThat(lesson.findings(new LintOptions(1, 6)))
        .contains(
            "WARNING d.yaml prompt long: the message takes up to 2 SMS segments, the most is 1: it"
                + " has up to 161 characters, 160 fit")
        .anyMatch(finding -> finding.startsWith("WARNING content label drill_reminder: in es: "));
  }

  @Test
  void aNameCountsAsTwentyLettersWithAnAccent() {
    assertThat(Lesson.of(say("hi", "a".repeat(180) + " {{name}}!")).findings()).hasSize(1);
    assertThat(Lesson.of(say("hi", "a".repeat(179) + " {{name}}!")).findings()).isEmpty();
  }

  @Test
  void aCompanyCountsAsThirtyCharactersOrAsItsStandIn() {
    assertThat(companyAfter(429, "your firm").findings()).isEmpty();
    assertThat(companyAfter(430, "your firm").findings()).hasSize(1);
    assertThat(companyAfter(429, "the organisation you work for").findings()).isEmpty();
    assertThat(companyAfter(429, "the organisation that you work for").findings()).hasSize(1);
  }

  @Test
  void theProviderTakes1600CharactersAtMost() {
    var many = new LintOptions(100, 6);
    assertThat(Lesson.of(say("long", "a".repeat(1600))).findings(many)).isEmpty();
    assertThat(Lesson.of(say("long", "a".repeat(1601))).findings(many))
        .containsExactly(
            "ERROR d.yaml prompt long: the message has up to 1601 characters; the SMS provider"
                + " refuses more than 1600");
  }

  @Test
  void anEngineTextIsMeasuredToo() {
    Lesson lesson = Lesson.of(say("hi", "Hello")).label("drill_reminder", "Well?");
    assertThat(lesson.findings()).isEmpty();
    assertThat(lesson.label("fr", "drill_reminder", "a".repeat(460)).findings())
        .containsExactly(
            "WARNING fr.yaml label drill_reminder: label drill_reminder: the message takes up"
                + " to 4 SMS segments, the most is 3: it has up to 460 characters, 459 fit");
  }

  @Test
  void aLongAnswerMakesTheCorrectionLong() {
    Lesson lesson =
        Lesson.of(Lesson.ask("q", "What washes germs away?", "soap"))
            .label("corrected_answer", "a".repeat(450) + " {{correct_answer}}");
    assertThat(lesson.findings()).isEmpty();
    Lesson longer =
        Lesson.of(Lesson.ask("q", "What washes germs away?", "soap and water"))
            .label("corrected_answer", "a".repeat(450) + " {{correct_answer}}");
    assertThat(longer.findings())
        .containsExactly(
            "WARNING d.yaml prompt q: label corrected_answer: the message takes up to 4 SMS segments,"
                + " the most is 3: it has up to 465 characters, 459 fit");
  }

  private static Lesson companyAfter(int letters, String standIn) {
    return Lesson.of(say("hi", "a".repeat(letters) + "{{company}}")).label("your_company", standIn);
  }
}
