package co.stopcovid.adapters.languages;

import co.stopcovid.drills.AnswerWords;
import co.stopcovid.drills.AnswerWords.Role;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Reads the words of answers of one language from YAML: a list or a map for each role. */
final class AnswerWordsReader {
  private AnswerWordsReader() {}

  /**
   * Reads one table. A role is a field of its name, and may be missing.
   *
   * @param source what an error message calls it
   * @throws IllegalArgumentException when a field is unknown or of another shape
   */
  static AnswerWords read(String source, InputStream yaml) {
    TableFields fields = TableFields.read(source, yaml);
    Map<Role, Map<String, String>> phrases = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      phrases.put(role, fields.phrases(role.name().toLowerCase(Locale.ROOT)));
    }
    fields.end();
    return new AnswerWords(phrases);
  }
}
