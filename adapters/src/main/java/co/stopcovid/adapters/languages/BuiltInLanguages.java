package co.stopcovid.adapters.languages;

import co.stopcovid.common.Language;
import co.stopcovid.drills.AnswerWords;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.keywords.KeywordTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BiFunction;

/** The languages that come with the engine: English, Spanish, French, Portuguese and Chinese. */
public final class BuiltInLanguages {
  private static final List<String> CODES = List.of("en", "es", "fr", "pt", "zh");

  private BuiltInLanguages() {}

  /** The tables from the class path, read once. */
  public static LanguageTables load() {
    return Once.TABLES;
  }

  private static LanguageTable read(String code) {
    KeywordTable keywords = read(code + "-keywords.yaml", KeywordTableReader::read);
    AnswerWords answers = read(code + "-answers.yaml", AnswerWordsReader::read);
    return read(
        code + ".yaml",
        (name, yaml) ->
            LanguageTableReader.read(new Language(code), name, yaml, keywords, answers));
  }

  private static <T> T read(String name, BiFunction<String, InputStream, T> reader) {
    try (InputStream yaml = BuiltInLanguages.class.getResourceAsStream(name)) {
      if (yaml == null) {
        throw new IllegalStateException("the class path lacks the language table " + name);
      }
      return reader.apply(name, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the language table " + name, e);
    }
  }

  /** Read when first asked for, by one thread. */
  private static final class Once {
    static final LanguageTables TABLES =
        new LanguageTables(
            CODES.stream().map(BuiltInLanguages::read).toList(), MorfologikDictionary::of);
  }
}
