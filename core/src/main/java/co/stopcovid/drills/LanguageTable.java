package co.stopcovid.drills;

import co.stopcovid.common.Language;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the engine knows of one language, as data. Words and phrases are written as people write
 * them; whoever compares normalises both sides.
 *
 * @param names what the language is called, in itself and in others ("Español", "Spanish")
 * @param help messages that the SMS provider answers
 * @param optOut messages that stop all messages, whole phrases
 * @param optIn messages by which an opted-out learner comes back
 * @param more messages that ask for the next drill
 * @param polite words that may stand around a keyword without changing it ("please")
 * @param articles words without weight in an answer ("the")
 * @param fillers words and phrases that people put around an answer ("I think", "the answer is")
 * @param negations words and phrases that turn an answer into its opposite ("not", "pas de"); for a
 *     script without spaces, also prefixes of a phrase
 * @param yes what means yes
 * @param no what means no
 * @param numbers number words and their value in digits ("twenty" to "20")
 * @param messages the engine's own texts, used where the content has none of that label
 */
public record LanguageTable(
    Language language,
    Set<String> names,
    Set<String> help,
    Set<String> optOut,
    Set<String> optIn,
    Set<String> more,
    Set<String> polite,
    Set<String> articles,
    List<String> fillers,
    List<String> negations,
    Set<String> yes,
    Set<String> no,
    Map<String, String> numbers,
    Map<String, String> messages) {
  public LanguageTable {
    names = Set.copyOf(names);
    help = Set.copyOf(help);
    optOut = Set.copyOf(optOut);
    optIn = Set.copyOf(optIn);
    more = Set.copyOf(more);
    polite = Set.copyOf(polite);
    articles = Set.copyOf(articles);
    fillers = List.copyOf(fillers);
    negations = List.copyOf(negations);
    yes = Set.copyOf(yes);
    no = Set.copyOf(no);
    numbers = Map.copyOf(numbers);
    messages = Map.copyOf(messages);
  }
}
