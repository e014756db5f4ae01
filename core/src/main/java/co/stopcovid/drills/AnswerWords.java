package co.stopcovid.drills;

import java.util.EnumMap;
import java.util.Map;

/**
 * The words and phrases of a language that matter in answers, by what they do there, as data. A
 * phrase can do several things; where it stands decides.
 *
 * @param phrases by role, each phrase with its value; the value is empty where the role needs none
 */
public record AnswerWords(Map<Role, Map<String, String>> phrases) {
  /** A language that nothing is known of. */
  public static final AnswerWords NONE = new AnswerWords(Map.of());

  /** What a word or phrase does in an answer. */
  public enum Role {
    /** No weight: "the", "your", "it". */
    ARTICLE,
    /** Who is spoken to: no weight, unless it is of something ("the boss of …"). */
    ADDRESS,
    /**
     * May be added or left out, though not exchanged: "in the kitchen"; {@code near} is one kind.
     */
    PREPOSITION,
    /** How much of an answer: "a bar of". No weight, unless an option says it. */
    MEASURE,
    /** Nothing else: "only". No weight, unless an option says it. */
    LIMIT,
    /** Rings up the number behind it: "dial". No weight there. */
    DIALING,
    /** No weight around an answer: "I think", "please", "for sure". */
    FILLER,
    /** Joins what an answer lists: "and". */
    CONJUNCTION,
    /** Joins steps in their order: "then". */
    SEQUENCE,
    /** Leaves an answer open between two: "or". */
    ALTERNATIVE,
    /** Turns an answer into its opposite: "not"; "ne…pas" has words in between. */
    NEGATION,
    /** Leaves something out or puts it behind: "except", "instead of", "anything but". */
    EXCLUSION,
    /** Asks, or puts the answer off: "what", "later". */
    QUESTION,
    /** Opens a reason, which is not graded: "because". */
    REASON,
    /** Parts what is said from what is said against it: "but". */
    CONTRAST,
    /** Moves a number: "less than" is {@code <}, "or more" {@code >=}, "about" {@code ~}. */
    COMPARISON,
    YES,
    NO,
    /** A no that denies nothing behind it: "no, it's true", where "not true" is another word. */
    INTERJECTION,
    /** A whole answer: all, any, both, none, unknown, true or false. */
    MEANING,
    /** Counts options: "second" is 2, "last" -1. */
    ORDINAL,
    /** Part of a number: "twenty" is 20, "hundred" *100, "twice" "2 time", "and a half" +0.5. */
    NUMBER,
    /** One name for a unit of measure: "secs" is second. */
    UNIT,
    /** 1 to 12. */
    MONTH,
    /** 1 to 7. */
    WEEKDAY,
    /** 1 to 7, where a day is asked for: "seg", and "segunda", which is "second" elsewhere. */
    SHORT_WEEKDAY,
    /** Makes one range of two numbers: "to". */
    RANGE,
    /** Opens a range: "between". */
    RANGE_OPENING,
    /** "minus" before a number. */
    MINUS,
    /** "below zero" behind a number. */
    BELOW_ZERO,
    /** The decimal mark said in words: "point". */
    POINT,
    /** Before the unit of a rate: "per". */
    PER,
    /** Starts a signature: "sent from". */
    SIGNATURE,
    /** In a question: what is asked for comes in an order ("what do you do", "steps"). */
    PROCEDURE,
    /**
     * What a word may end with in another form of it, beside what the dictionary knows; in a script
     * without spaces, a character that may stand behind a verb ("shut" and "shut off").
     */
    ENDING,
    /** An ending that is spelt in two ways: "iser" is "izer". */
    SPELLING,
    /** A word that is read as a whole: it holds the sign of another role, and does not play it. */
    WORD
  }

  public AnswerWords {
    var copy = new EnumMap<Role, Map<String, String>>(Role.class);
    phrases.forEach((role, words) -> copy.put(role, Map.copyOf(words)));
    phrases = copy;
  }

  /** The phrases of a role and their values. */
  public Map<String, String> of(Role role) {
    return phrases.getOrDefault(role, Map.of());
  }
}
