package co.stopcovid.adapters.languages;

import co.stopcovid.common.Language;
import co.stopcovid.drills.AnswerWords;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.ScheduleWords;
import co.stopcovid.drills.keywords.KeywordTable;
import java.io.InputStream;

/** Reads a language table from YAML. */
final class LanguageTableReader {
  private LanguageTableReader() {}

  /**
   * Reads one table.
   *
   * @param source what an error message calls it
   * @throws IllegalArgumentException when a field is missing, unknown or of another shape
   */
  static LanguageTable read(
      Language language,
      String source,
      InputStream yaml,
      KeywordTable keywords,
      AnswerWords answers) {
    TableFields fields = TableFields.read(source, yaml);
    var table =
        new LanguageTable(
            language,
            fields.set("names"),
            keywords,
            fields.set("polite"),
            answers,
            fields.map("messages"),
            new ScheduleWords(
                fields.map("days"),
                fields.set("day_ranges"),
                fields.set("mornings"),
                fields.set("afternoons"),
                fields.set("half_hours"),
                fields.set("hours"),
                fields.map("times_of_day")),
            fields.set("points"));
    fields.end();
    return table;
  }
}
