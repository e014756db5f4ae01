package co.stopcovid.drills.keywords;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What people write to the engine in one language that is no answer. Words and phrases are written
 * as people write them; whoever compares normalises both sides. A pattern is explained at {@link
 * PhrasePattern}.
 *
 * @param providerHelp messages that the SMS provider answers itself
 * @param providerOptOut messages by which the provider stops all messages, and says so itself
 * @param help other whole messages that ask for help
 * @param helpQuestions questions that ask for it ("what is this?"), unless a form waits for its
 *     answer
 * @param optOut other whole messages that stop all messages
 * @param optIn messages by which an opted-out learner comes back
 * @param more messages that ask for the next drill
 * @param courtesy messages that need no answer ("thanks")
 * @param courtesies patterns of such messages
 * @param language messages that ask for another language without a name ("language")
 * @param otherLanguages names of languages, in this one, that the engine does not speak
 * @param wishes how a wish to get no more messages is told from other texts
 * @param reactions the words by which a phone reports a reaction to a message
 * @param codeWords phrases that stand before a registration code ("my code is")
 * @param names how a name is found in a sentence
 */
public record KeywordTable(
    Set<String> providerHelp,
    Set<String> providerOptOut,
    Set<String> help,
    Set<String> helpQuestions,
    Set<String> optOut,
    Set<String> optIn,
    Set<String> more,
    Set<String> courtesy,
    List<String> courtesies,
    Set<String> language,
    Set<String> otherLanguages,
    Wishes wishes,
    Reactions reactions,
    Set<String> codeWords,
    Names names) {
  public static final KeywordTable NONE =
      of(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

  /** A table of whole messages alone. */
  public static KeywordTable of(
      Set<String> providerHelp,
      Set<String> providerOptOut,
      Set<String> help,
      Set<String> optOut,
      Set<String> optIn,
      Set<String> more) {
    return new KeywordTable(
        providerHelp,
        providerOptOut,
        help,
        /* helpQuestions= */ Set.of(),
        optOut,
        optIn,
        more,
        Set.of(),
        List.of(),
        Set.of(),
        Set.of(),
        Wishes.NONE,
        Reactions.NONE,
        Set.of(),
        Names.NONE);
  }

  public KeywordTable {
    providerHelp = Set.copyOf(providerHelp);
    providerOptOut = Set.copyOf(providerOptOut);
    help = Set.copyOf(help);
    helpQuestions = Set.copyOf(helpQuestions);
    optOut = Set.copyOf(optOut);
    optIn = Set.copyOf(optIn);
    more = Set.copyOf(more);
    courtesy = Set.copyOf(courtesy);
    language = Set.copyOf(language);
    otherLanguages = Set.copyOf(otherLanguages);
    courtesies = List.copyOf(courtesies);
    codeWords = Set.copyOf(codeWords);
  }

  /**
   * Rules over words for wishes to get no more messages.
   *
   * @param classes words that mean the same to a pattern, by the name of the class
   * @param triggers classes of which every pattern needs a word: texts without one are no wishes
   * @param anywhere patterns that make a text a wish wherever they stand in it
   * @param alone patterns that make it one when nothing else stands there that weighs
   * @param beside phrases without weight around the latter ("wrong number")
   * @param unless patterns that, up to three words before one of the former, turn it
   * @param unlessAfter patterns that turn it right behind it
   */
  public record Wishes(
      Map<String, List<String>> classes,
      Set<String> triggers,
      List<String> anywhere,
      List<String> alone,
      List<String> beside,
      List<String> unless,
      List<String> unlessAfter) {
    public static final Wishes NONE =
        new Wishes(Map.of(), Set.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Wishes {
      classes = Map.copyOf(classes);
      triggers = Set.copyOf(triggers);
      anywhere = List.copyOf(anywhere);
      alone = List.copyOf(alone);
      beside = List.copyOf(beside);
      unless = List.copyOf(unless);
      unlessAfter = List.copyOf(unlessAfter);
    }
  }

  /**
   * Words of a phone's report of a reaction.
   *
   * @param says what is a report by itself ("liked", "laughed at")
   * @param acts what is one with an emoji or a mark ("reacted", "removed")
   * @param marks names of reactions ("heart")
   * @param things what people react to that is no text ("image")
   * @param words what else stands in a report ("to", "an")
   */
  public record Reactions(
      Set<String> says,
      Set<String> acts,
      Set<String> marks,
      Set<String> things,
      Set<String> words) {
    public static final Reactions NONE =
        new Reactions(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    public Reactions {
      says = Set.copyOf(says);
      acts = Set.copyOf(acts);
      marks = Set.copyOf(marks);
      things = Set.copyOf(things);
      words = Set.copyOf(words);
    }
  }

  /**
   * Words around a name.
   *
   * @param greetings what may stand before that, or before the name ("good morning")
   * @param before what introduces it ("my name is")
   * @param after what may follow it ("here")
   * @param ends words at which a sentence goes on after a name ("and I")
   * @param never words that no name begins with ("not", "a")
   */
  public record Names(
      Set<String> greetings,
      Set<String> before,
      Set<String> after,
      Set<String> ends,
      Set<String> never) {
    public static final Names NONE = new Names(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    public Names {
      greetings = Set.copyOf(greetings);
      before = Set.copyOf(before);
      after = Set.copyOf(after);
      ends = Set.copyOf(ends);
      never = Set.copyOf(never);
    }
  }
}
