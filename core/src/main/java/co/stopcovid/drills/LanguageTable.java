package co.stopcovid.drills;

import co.stopcovid.common.Language;
import co.stopcovid.drills.keywords.KeywordTable;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the engine knows of one language, as data. Words and phrases are written as people write
 * them; whoever compares normalises both sides.
 *
 * @param names what the language is called, first in itself, then in others ("Español", "Spanish")
 * @param keywords messages that are requests to the engine and no answers
 * @param polite words that may stand around a keyword without changing it ("please")
 * @param answers words of answers, by what they do there
 * @param messages the engine's own texts, used where the content has none of that label
 * @param schedule how days and times of day are said
 * @param points what may stand beside a number on a scale ("points", "stars")
 */
public record LanguageTable(
    Language language,
    Set<String> names,
    KeywordTable keywords,
    Set<String> polite,
    AnswerWords answers,
    Map<String, String> messages,
    ScheduleWords schedule,
    Set<String> points) {
  public LanguageTable {
    names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
    polite = Set.copyOf(polite);
    messages = Map.copyOf(messages);
    points = Set.copyOf(points);
  }

  /** A table without words for days and times of day. */
  public LanguageTable(
      Language language,
      Set<String> names,
      KeywordTable keywords,
      Set<String> polite,
      AnswerWords answers,
      Map<String, String> messages) {
    this(language, names, keywords, polite, answers, messages, ScheduleWords.NONE, Set.of());
  }

  /** What the language calls itself; its code where the table does not say. */
  public String ownName() {
    return names.isEmpty() ? language.code() : names.iterator().next();
  }
}
