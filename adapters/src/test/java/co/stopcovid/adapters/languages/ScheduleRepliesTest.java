package co.stopcovid.adapters.languages;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.Language;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Translations;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Days and times as learners write them, in every language. */
class ScheduleRepliesTest {
  private static final LanguageTables TABLES = BuiltInLanguages.load();
  private static final DrillVersion DRILL =
      DrillVersion.of(
          new Drill(
              new DrillSlug("asks"),
              "Asks",
              List.of(
                  asks("days", ProfileKey.SCHEDULE_DAYS), asks("time", ProfileKey.SCHEDULE_TIME))),
          Translations.NONE,
          TABLES);

  private static Prompt asks(String slug, ProfileKey key) {
    return new Prompt(
        new PromptSlug(slug), List.of(new PromptMessage("When?", null)), null, key, 1);
  }

  private static String kept(String prompt, String language, String reply) {
    return DRILL
        .in(new Language(language))
        .prompt(new PromptSlug(prompt))
        .kept(reply)
        .orElse("not understood");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | Monday | mon",
        "en | Mondays and Thursdays please | mon,thu",
        "en | mon, wed, fri | mon,wed,fri",
        "en | Mon-Fri | mon,tue,wed,thu,fri",
        "en | tuesday to thursday | tue,wed,thu",
        "en | friday through monday | mon,fri,sat,sun",
        "en | weekdays | mon,tue,wed,thu,fri",
        "en | every day! | mon,tue,wed,thu,fri,sat,sun",
        "en | the weekend | sat,sun",
        "en | not monday | not understood",
        "en | any day but sunday | not understood",
        "en | someday | not understood",
        "en | 3 | not understood",
        "es | lunes y jueves | mon,thu",
        "es | de lunes a viernes | mon,tue,wed,thu,fri",
        "es | Sábado, domingo | sat,sun",
        "es | todos los días | mon,tue,wed,thu,fri,sat,sun",
        "es | menos el lunes | not understood",
        "fr | le lundi et le jeudi | mon,thu",
        "fr | du mardi au vendredi | tue,wed,thu,fri",
        "fr | tous les jours | mon,tue,wed,thu,fri,sat,sun",
        "fr | sauf le lundi | not understood",
        "pt | segunda e quinta | mon,thu",
        "pt | segunda-feira a sexta-feira | mon,tue,wed,thu,fri",
        "pt | dias úteis | mon,tue,wed,thu,fri",
        "pt | menos segunda | not understood",
        "zh | 周一、周四 | mon,thu",
        "zh | 星期一到星期五 | mon,tue,wed,thu,fri",
        "zh | 周一三五 | mon,wed,fri",
        "zh | 每天 | mon,tue,wed,thu,fri,sat,sun",
        "zh | Monday | mon",
        "zh | 除了周一 | not understood",
      })
  void daysAreRead(String language, String reply, String kept) {
    assertThat(kept("days", language, reply)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | 9 | 09:00",
        "en | 9am | 09:00",
        "en | at 9:30 PM please | 21:30",
        "en | 09.15 | 09:15",
        "en | 17:00 | 17:00",
        "en | 12 a.m. | 00:00",
        "en | noon | 12:00",
        "en | nine in the morning | 09:00",
        "en | 8 o'clock | 08:00",
        "en | 13 pm | not understood",
        "en | 15:00 AM | not understood",
        "en | 0 p.m. | not understood",
        "en | 12 pm | 12:00",
        "fr | 18 heures du soir | 18:00",
        "es | 13 p. m. | not understood",
        "es | 17:00 de la tarde | 17:00",
        "en | 25:00 | not understood",
        "en | 9:75 | not understood",
        "en | between 9 and 10 | not understood",
        "en | 9-10 | not understood",
        "en | not at 9 | not understood",
        "en | later | not understood",
        "es | a las 9 de la mañana | 09:00",
        "es | 7 y media de la tarde | 19:30",
        "es | al mediodía | 12:00",
        "es | a las nueve | 09:00",
        "fr | 9h30 | 09:30",
        "fr | à 18 heures | 18:00",
        "fr | midi | 12:00",
        "fr | 8 heures et demie du soir | 20:30",
        "pt | às 9 da manhã | 09:00",
        "pt | 19h | 19:00",
        "pt | meio-dia | 12:00",
        "zh | 早上9点 | 09:00",
        "zh | 下午3点半 | 15:30",
        "zh | 晚上八点 | 20:00",
        "zh | 中午 | 12:00",
      })
  void timesAreRead(String language, String reply, String kept) {
    assertThat(kept("time", language, reply)).isEqualTo(kept);
  }

  /** What is asked for by example has to be understood. */
  @Test
  void theExamplesAreRead() {
    for (LanguageTable table : TABLES.all()) {
      for (String prompt : List.of("days", "time")) {
        String example = DRILL.in(table.language()).prompt(new PromptSlug(prompt)).example();
        assertThat(kept(prompt, table.language().code(), example))
            .as("%s of %s", prompt, table.language())
            .isNotEqualTo("not understood");
      }
    }
  }
}
