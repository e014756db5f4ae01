package co.stopcovid.drills;

import co.stopcovid.common.Language;
import co.stopcovid.drills.keywords.KeywordTable;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the engine knows of one language, as data. Words and phrases are written as people write
 * them; whoever compares normalises both sides.
 *
 * @param names what the language is called, first in itself, then in others ("Español", "Spanish")
 * @param keywords messages that are requests to the engine and no answers
 * @param polite words that may stand around a keyword without changing it ("please")
 * @param articles words without weight in an answer ("the", "your")
 * @param prepositions words that an answer may leave out at its start ("in the kitchen"), though
 *     not exchange
 * @param fillers words and phrases that people put around an answer ("I think", "the answer is")
 * @param conjunctions words that join what an answer lists ("and")
 * @param alternatives words that leave an answer open between two ("or")
 * @param negations words and phrases that turn an answer into its opposite ("not", "pas de"); "ne …
 *     pas" is one that has words in between; those of a script without spaces stand before what
 *     they turn
 * @param comparisons words that move a number, and the sign for it ("less than" to "&lt;")
 * @param yes what means yes
 * @param no what means no
 * @param meanings whole answers that can be said in several ways, and what they mean: all, both,
 *     none, unknown, true, false
 * @param numbers number words and their value in digits ("twenty" to "20")
 * @param units units of measure as people write them, and one name for each ("secs" to "second")
 * @param endings what a word may end with in another form of it ("mask", "masks")
 * @param distinct words that look like others and are never taken for a misspelling of them; in a
 *     script without spaces, words that hold the sign of a negation and are none
 * @param messages the engine's own texts, used where the content has none of that label
 */
public record LanguageTable(
    Language language,
    Set<String> names,
    KeywordTable keywords,
    Set<String> polite,
    Set<String> articles,
    Set<String> prepositions,
    List<String> fillers,
    Set<String> conjunctions,
    Set<String> alternatives,
    List<String> negations,
    Map<String, String> comparisons,
    Set<String> yes,
    Set<String> no,
    Map<String, String> meanings,
    Map<String, String> numbers,
    Map<String, String> units,
    Set<String> endings,
    Set<String> distinct,
    Map<String, String> messages) {
  public LanguageTable {
    names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
    polite = Set.copyOf(polite);
    articles = Set.copyOf(articles);
    prepositions = Set.copyOf(prepositions);
    fillers = List.copyOf(fillers);
    conjunctions = Set.copyOf(conjunctions);
    alternatives = Set.copyOf(alternatives);
    negations = List.copyOf(negations);
    comparisons = Map.copyOf(comparisons);
    yes = Set.copyOf(yes);
    no = Set.copyOf(no);
    meanings = Map.copyOf(meanings);
    numbers = Map.copyOf(numbers);
    units = Map.copyOf(units);
    endings = Set.copyOf(endings);
    distinct = Set.copyOf(distinct);
    messages = Map.copyOf(messages);
  }

  /** What the language calls itself; its code where the table does not say. */
  public String ownName() {
    return names.isEmpty() ? language.code() : names.iterator().next();
  }
}
