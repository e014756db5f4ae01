package co.stopcovid.adapters.grading;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.common.Language;
import co.stopcovid.drills.grading.Alike;
import co.stopcovid.drills.grading.AnswerKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an author is told of a prompt, read as replies to it are read. */
class AlikeOptionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Soap! | soap | SAME",
        "jabón | Jabon | SAME",
        "hand-wash | hand wash | SAME",
        "handwash | hand wash | JOINED",
        "right hand | hand, right | ORDER",
        "kitchen | chicken | -",
        "dessert | desert | LETTER",
        "mano | mono | LETTER",
        "wash | washes | -",
        "20 seconds | 30 seconds | -",
        "20 seconds | twenty seconds | ORDER",
        "1:10 | 10:1 | -",
        "over 5 feet | under 5 feet | -",
        "5 feet or more | 5 feet or less | -",
        "对 | 错 | -",
        "-5 degrees | 5 degrees | -",
        "soap, then water | water, then soap | ORDER",
        "True | False | -",
      })
  void tellsWhichOptionsAreHardlyDifferent(String one, String other, String how) {
    AnswerKey key = key("Which?\na) " + one + "\nb) " + other + "\nc) none", "c) none");

    assertThat(key.alikeOptions().stream().map(pair -> pair.how().name()).findFirst().orElse("-"))
        .isEqualTo(how);
  }

  @Test
  void namesTheOptionsByTheirLabels() {
    AnswerKey key = key("Which?\n(i) A mop\n(ii) A mat\n(iii) a mop!", "(ii) A mat");

    assertThat(key.alikeOptions()).containsExactly(new Alike("i", "iii", Alike.How.SAME));
    assertThat(key("What?", "a mop").alikeOptions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6 feet | 7 feet | true",
        "6 feet | six feet | false",
        "6 feet | 72 inches | false",
        "165°F | 74°C | false",
        "911 | 112 | false",
        "yes | no way | true",
        "yes | of course | false",
        "true | false | true",
        "true | correct | false",
        "soap | sanitizer | false",
      })
  void tellsWhichFormsOfAnAnswerContradictEachOther(String one, String other, boolean contradict) {
    assertThat(key("Which one?", one, other).contradiction())
        .isEqualTo(contradict ? List.of(one, other) : List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "b) 20 seconds | It takes twenty seconds. | true",
        "b) 20 seconds | It takes 20 minutes. | false",
        "a bar of soap | Think of a BAR of soap! | true",
        "soap | It rhymes with soap. | true",
        "soap | It rhymes with hope. | false",
        "soap and water | Water comes after soap. | false",
        "No | There is no sink. | false",
        "all of the above | Read all of the options. | false",
      })
  void tellsWhichTextsGiveTheAnswerAway(String answer, String text, boolean tells) {
    assertThat(key("Which?\na) 5 seconds\nb) 20 seconds", answer).isToldBy(text)).isEqualTo(tells);
  }

  private static AnswerKey key(String question, String... accepted) {
    return AnswerKey.of(BuiltInLanguages.load(), new Language("en"), question, List.of(accepted));
  }
}
