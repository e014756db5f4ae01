package co.stopcovid.adapters.authoring.lint;

import static co.stopcovid.adapters.authoring.lint.Lesson.ask;
import static co.stopcovid.adapters.authoring.lint.Lesson.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateChecksTest {
  @Test
  void aMalformedTemplateIsAnError() {
    assertThat(Lesson.of(say("hi", "Hello {{name}}, welcome")).findings()).isEmpty();
    assertThat(Lesson.of(say("hi", "Hello {{name, welcome")).findings())
        .containsExactly(
            "ERROR d.yaml prompt hi: malformed template: no reference such as {{name}} begins at:"
                + " {{name, welcome");
    assertThat(hi().label("es", "hi", "Hola {{na me}}").findings())
        .containsExactly(
            "ERROR es.yaml label hi: malformed template: no reference such as {{name}} begins at:"
                + " {{na me}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hello {name}", "Hello name}}", "Hello {{{name}}}", "{ company } says"})
  void bracesThatAreNoReferenceAreAWarning(String text) {
    assertThat(Lesson.of(say("hi", text)).findings())
        .singleElement()
        .asString()
        .startsWith(
            "WARNING d.yaml prompt hi: braces that are no reference are sent as they are: “");
  }

  @Test
  void aSmileyIsNoReference() {
    assertThat(Lesson.of(say("hi", "Hello :-} {and so on")).findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hello ", " Hello", "Hello\n"})
  void spacesAroundATextAreAWarning(String text) {
    assertThat(hi().label("fr", "hi", text).findings())
        .containsExactly(
            "WARNING fr.yaml label hi: the text begins or ends with spaces or line breaks");
  }

  @Test
  void labelsThatReferToEachOtherAreOneErrorALanguage() {
    assertThat(hi().label("a", "a {{b}}").label("b", "b").label("hi", "{{a}}").findings())
        .isEmpty();
    assertThat(
            hi().label("a", "a {{b}}")
                .label("b", "b")
                .label("hi", "{{a}}")
                .label("pt", "b", "b {{a}}")
                .findings())
        .containsExactly(
            "ERROR pt.yaml label a: labels refer to each other in a circle: a → b → a");
    assertThat(hi().label("zh", "hi", "{{hi}}").findings())
        .containsExactly("ERROR zh.yaml label hi: labels refer to each other in a circle: hi → hi");
  }

  @Test
  void theRightAnswerIsKnownOnlyWhereThereIsOne() {
    assertThat(Lesson.of(say("hi", "It is {{correct_answer}}, you know")).findings())
        .containsExactly(
            "ERROR d.yaml prompt hi: {{correct_answer}} is empty here: the prompt has no right"
                + " answer");
    assertThat(Lesson.of(ask("soap", "What washes? Hint: {{correct_answer}}!", "soap")).findings())
        .contains("WARNING d.yaml prompt soap: the question tells its answer");
  }

  @Test
  void theRightAnswerItselfHasNoValues() {
    assertThat(Lesson.of(ask("who", "Who pays for soap?", "it is {{company}} alone")).findings())
        .contains(
            "ERROR d.yaml prompt who: the right answer contains a value, which is empty in it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "your_company | the firm {{company}} | company | values are empty in it",
        "user_validation_failed | No. {{correct_answer}} | correct_answer | there is no question yet",
        "drill_reminder | Well? {{correct_answer}} | correct_answer | the question still waits",
        "incorrect_answer | No: {{correct_answer}} | correct_answer | the learner has another try",
      })
  void engineTextsUseOnlyValuesThatTheyHave(String label, String text, String value, String why) {
    assertThat(hi().label(label, "Some text").findings()).isEmpty();
    assertThat(hi().label(label, text).findings())
        .containsExactlyInAnyOrder(
            inEveryLanguage(
                "ERROR %s.yaml label "
                    + label
                    + ": {{"
                    + value
                    + "}} does not belong into label "
                    + label
                    + ": "
                    + why));
  }

  @Test
  void theCorrectionTellsTheRightAnswer() {
    assertThat(hi().label("corrected_answer", "It is {{correct_answer}}.").findings()).isEmpty();
    assertThat(hi().label("corrected_answer", "No.").findings())
        .containsExactlyInAnyOrder(
            inEveryLanguage(
                "WARNING %s.yaml label corrected_answer: label corrected_answer does not tell"
                    + " the right answer"));
  }

  private static String[] inEveryLanguage(String finding) {
    return Lesson.TABLES.all().stream()
        .map(table -> finding.replace("%s", table.language().code()))
        .toArray(String[]::new);
  }

  private static Lesson hi() {
    return Lesson.of(say("hi", "{{hi}}")).label("hi", "Hello");
  }

  @Test
  void aTextThatBeginsWithACommaWithoutANameIsAWarning() {
    for (String text : List.of("{{name}}, what next?", "Hello\n{{name}}! Well?", "{{name}}，您好")) {
      assertThat(Lesson.of(say("hi", text)).findings())
          .hasSize(1)
          .first()
          .asString()
          .startsWith("WARNING d.yaml prompt hi: a line begins with a comma or the like when");
    }
    assertThat(Lesson.of(say("hi", "Hello {{name}}, what next? {{name}}您好")).findings()).isEmpty();
  }

  @Test
  void aValueThatATranslatorLostIsAWarning() {
    assertThat(hi().label("hi", "From {{company}}").label("fr", "hi", "De nous").findings())
        .containsExactly(
            "WARNING fr.yaml label hi: {{company}} is in the English text, but not in this one");
    assertThat(hi().label("hi", "Hello you").label("fr", "hi", "Salut {{name}} !").findings())
        .containsExactly(
            "WARNING fr.yaml label hi: {{name}} is in this text, but not in the English one");
  }

  @Test
  void templateLogicIsAnErrorAndIsNotPublished() {
    Lesson lesson = hi().label("hi", "{% if name %}Hi{% endif %} you");

    assertThat(lesson.findings())
        .hasSize(5)
        .allMatch(finding -> finding.contains("is template logic"));
    assertThatThrownBy(() -> lesson.course().publish(Lesson.TABLES))
        .hasMessageContaining("template logic");
  }
}
