package co.stopcovid.adapters.languages;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.Language;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Translations;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ratings as authors ask for them and learners give them, in every language. */
class RatingRepliesTest {
  private static final LanguageTables TABLES = BuiltInLanguages.load();

  private static Optional<String> kept(String language, String question, String reply) {
    var slug = new PromptSlug("rating");
    var asked = new PromptMessage(question.replace(';', '\n'), null);
    var rating = new Prompt(slug, List.of(asked), null, ProfileKey.SELF_RATING_1, 1);
    var drill = new Drill(new DrillSlug("asks"), "Asks", List.of(rating));
    return DrillVersion.of(drill, Translations.NONE, TABLES)
        .in(new Language(language))
        .prompt(slug)
        .kept(reply);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "en | How ready do you feel, from 1 to 5? | 1 | 5",
        "en | How sure are you?;1 = not at all;2 = a little;3 = so-so;4 = quite;5 = very | 1 | 5",
        "en | Rate 1-5 | 1 | 5",
        "en | On a scale of 1 (bad) to 10 (good)? | 1 | 10",
        "en | On a scale from one to five, how sure are you? | 1 | 5",
        "en | From 0 to 10, how likely? | 0 | 10",
        "en | 1 bad, 2 ok, 3 good | 1 | 3",
        "en | (1) bad (2) ok (3) good | 1 | 3",
        "en | 1️⃣ bad;2️⃣ ok;3️⃣ good | 1 | 3",
        "en | Rate from 1 to 5 (1 = low, 5 = high) | 1 | 5",
        "en | Reply with a number between 1 and 5 | 1 | 5",
        "en | Reply 1, 2, 3, 4 or 5. | 1 | 5",
        "en | Question 3: how sure are you from 1 to 5? | 1 | 5",
        "en | In the last 7 days, how sure were you? 1 to 5 | 1 | 5",
        "en | 1 / 2 / 3 / 4 | 1 | 4",
        "en | 1: bad;2: ok | 1 | 2",
        "en | 1…5 | 1 | 5",
        "en | 1 through 5 | 1 | 5",
        "en | 1 .. 5 | 1 | 5",
        "en | Text 1 for bad, 2 for ok or 3 for good | 1 | 3",
        "es | ¿Qué tan seguro se siente del 1 al 5? | 1 | 5",
        "es | Del 1 (nada) al 5 (mucho) | 1 | 5",
        "es | 1 = mal;2 = regular;3 = bien | 1 | 3",
        "es | de 1 a 5 | 1 | 5",
        "es | entre 1 y 5 | 1 | 5",
        "es | Responda 1, 2, 3, 4 o 5 | 1 | 5",
        "es | desde el 1 hasta el 5 | 1 | 5",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | 1 | 5",
        "fr | De 1 à 5, à quel point ? | 1 | 5",
        "fr | Sur une échelle de 1 à 10 | 1 | 10",
        "fr | entre 1 et 5 | 1 | 5",
        "fr | 1 : mal;2 : moyen;3 : bien | 1 | 3",
        "fr | Notez de 1 (pas du tout) à 5 (beaucoup) | 1 | 5",
        "fr | de 1 jusqu’à 5 | 1 | 5",
        "pt | De 1 a 5, quanto? | 1 | 5",
        "pt | 1 a 5 | 1 | 5",
        "pt | de 1 até 5 | 1 | 5",
        "pt | 1 - ruim;2 - bom | 1 | 2",
        "pt | entre 1 e 5 | 1 | 5",
        "zh | 请用1到5打分 | 1 | 5",
        "zh | 请用１到５打分 | 1 | 5",
        "zh | 请打分（１－５） | 1 | 5",
        "zh | １＝很差;２＝一般;３＝很好 | 1 | 3",
        "zh | 1=很差，5=很好 | 1 | 5",
        "zh | 从1至5 | 1 | 5",
        "zh | 从一到五打分 | 1 | 5",
        "zh | 1分到5分 | 1 | 5",
        "zh | 1、2、3、4、5 | 1 | 5",
        "zh | １～５ | 1 | 5",
        "zh | 1～5分 | 1 | 5",
        "zh | ①很差 ②一般 ③很好 | 1 | 3",
        "zh | 请回复1—5 | 1 | 5",
        "zh | １．很差;２．一般;３．好 | 1 | 3"
      })
  void theScaleIsThatOfTheMessage(String language, String question, int least, int most) {
    for (int number : new int[] {least, most}) {
      assertThat(kept(language, question, Integer.toString(number)))
          .contains(Integer.toString(number));
    }
    assertThat(kept(language, question, Integer.toString(most + 1))).isEmpty();
    if (least > 0) {
      assertThat(kept(language, question, Integer.toString(least - 1))).isEmpty();
    }
  }

  @Test
  void withoutNumbersInTheMessageAnyReplyWillDo() {
    assertThat(kept("en", "How many are in your team?", "about 120")).contains("about 120");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | cuatro | 4",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | 3 regular | 3",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | regular | 3",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | tres, regular | 3",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | 3) regular | 3",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | el 3 | 3",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | Muy bien | 5",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | bien | 4",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | un 4 | 4",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | creo que 3 | 3",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | 4 o 5 | asked again",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | 6 | asked again",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | 3 mal | asked again",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | no sé | asked again",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | cuatro por favor | 4",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | opción 4 | 4",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | número 4 | 4",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | 4. | 4",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | 4! | 4",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | 4/5 | 4",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | 4 de 5 | 4",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | cuatro de cinco | 4",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | más o menos | asked again",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | cinco!! | 5",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | la tres | 3",
        "es | 1) mal;2) poco;3) regular;4) bien;5) muy bien | four | 4",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | (2) | 2",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 2) | 2",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 2. | 2",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | two | 2",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | a 4 | 4",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | I'd say 4 | 4",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 4 out of 5 | 4",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 4/5 | 4",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 4-5 | asked again",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 4 or 5 | asked again",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 4.5 | asked again",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | six | asked again",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | -3 | asked again",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 10 | asked again",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 5 very | 5",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | number three | 3",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 5️⃣ | 5",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | ④ | 4",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 5 stars | 5",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | very | asked again",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | not at all | asked again",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | FIVE | 5",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | five! | 5",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 4 👍 | 4",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 👍 | asked again",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | maybe 3? | 3",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | cuatro | 4",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | four (4) | 4",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 4 four | 4",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 1st | 1",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | what | asked again",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 1,5 | asked again",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | three point five | asked again",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | about 3 | 3",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 3 because I am new | 3",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 3 I am new here | 3",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | twenty | asked again",
        "en | How sure are you, 1 to 5? (1 = not at all, 5 = very) | 100% | asked again",
        "zh | 请打分（１－５） | '4' | 4",
        "zh | 请打分（１－５） | ４ | 4",
        "zh | 请打分（１－５） | 五 | 5",
        "zh | 请打分（１－５） | 4分 | 4",
        "zh | 请打分（１－５） | 四分 | 4",
        "zh | 请打分（１－５） | 我选4 | 4",
        "zh | 请打分（１－５） | “4” | 4",
        "zh | 请打分（１－５） | 5！ | 5",
        "zh | 请打分（１－５） | 四 | 4",
        "zh | 请打分（１－５） | 十 | asked again",
        "zh | 请打分（１－５） | 打5分 | 5",
        "zh | 请打分（１－５） | 六 | asked again",
        "zh | 请打分（１－５） | ４分 | 4",
        "zh | 请打分（１－５） | 三或四 | asked again",
        "zh | 请打分（１－５） | 4吧 | 4",
        "zh | 请打分（１－５） | 两分 | 2",
        "zh | 请打分（１－５） | 我给四分 | 4",
        "zh | 请打分（１－５） | 5颗星 | 5",
        "zh | 请打分（１－５） | 3或4 | asked again",
        "pt | De 1 a 5, quanto? | cinco | 5",
        "pt | De 1 a 5, quanto? | cinco. | 5",
        "pt | De 1 a 5, quanto? | nota 5 | 5",
        "pt | De 1 a 5, quanto? | quatro | 4",
        "pt | De 1 a 5, quanto? | dou 4 | 4",
        "pt | De 1 a 5, quanto? | três | 3",
        "pt | De 1 a 5, quanto? | tres | 3",
        "pt | De 1 a 5, quanto? | um | 1",
        "pt | De 1 a 5, quanto? | uma | 1",
        "pt | De 1 a 5, quanto? | nota quatro | 4",
        "pt | De 1 a 5, quanto? | 5 com certeza | 5",
        "fr | De 1 à 5 ? | quatre | 4",
        "fr | De 1 à 5 ? | 4 sur 5 | 4",
        "fr | De 1 à 5 ? | je dirais 3 | 3",
        "fr | De 1 à 5 ? | un | 1",
        "fr | De 1 à 5 ? | cinq svp | 5",
        "fr | De 1 à 5 ? | deux ou trois | asked again",
        "en | 1) Bad;2) Fair;3) Good;4) Very good | Good | 3",
        "en | 1) Bad;2) Fair;3) Good;4) Very good | very good | 4",
        "en | 1) Bad;2) Fair;3) Good;4) Very good | 2 Fair | 2",
        "en | 1) Bad;2) Fair;3) Good;4) Very good | 2 good | asked again",
        "en | 1) Bad;2) Fair;3) Good;4) Very good | fair | 2",
        "en | 1) Bad;2) Fair;3) Good;4) Very good | 3 good | 3",
        "en | 1) Bad;2) Fair;3) Good;4) Very good | 3. Good | 3",
        "en | 1) Bad;2) Fair;3) Good;4) Very good | good! | 3",
        "en | 1) Bad;2) Fair;3) Good;4) Very good | goood | asked again",
        "en | 1) Bad;2) Fair;3) Good;4) Very good | not good | asked again",
        "en | 1) Bad;2) Fair;3) Good;4) Very good | b | asked again",
        "en | 0 to 10? | ten | 10",
        "en | 0 to 10? | zero | 0",
        "en | 0 to 10? | 10 | 10",
        "en | 0 to 10? | 11 | asked again",
        "en | 0 to 10? | 10/10 | 10",
        "en | 0 to 10? | 0 | 0"
      })
  void oneNumberOfTheScaleIsKept(String language, String question, String reply, String kept) {
    assertThat(kept(language, question, reply).orElse("asked again")).isEqualTo(kept);
  }
}
