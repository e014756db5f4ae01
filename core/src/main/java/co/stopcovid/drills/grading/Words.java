package co.stopcovid.drills.grading;

import co.stopcovid.drills.EditDistance;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.RomanNumerals;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.List;
import java.util.Set;

/**
 * Whether a word that was typed is a word of an answer: the same, another form of it, or it with a
 * slip of the finger. What is itself a word is no slip, nor is a number.
 */
final class Words {
  static final int MIN_LETTERS = 4;
  private static final int LETTERS_PER_SLIP = 4;
  private static final int TWO_SLIPS = 8;
  private static final int STEM = 3;

  /** How near a typed word is; the nearer first. */
  enum Likeness {
    SAME,
    FORM,
    SLIP,
    OTHER
  }

  private final Lexicon lexicon;

  /** Words of the prompt: who types one of them means it. */
  private final Set<String> promptWords;

  Words(Lexicon lexicon, Set<String> promptWords) {
    this.lexicon = lexicon;
    this.promptWords = promptWords;
  }

  Lexicon lexicon() {
    return lexicon;
  }

  Likeness likeness(Term typed, Term wanted) {
    if (same(typed, wanted) || countsSame(typed, wanted)) {
      return Likeness.SAME;
    }
    if (wanted.kind() == Kind.CALENDAR && typed.kind() == Kind.WORD) {
      return isCalendarSlip(typed.surface(), wanted.surface()) ? Likeness.SLIP : Likeness.OTHER;
    }
    boolean answers =
        wanted.kind() == Kind.NOT || wanted.kind() == Kind.YES || wanted.kind() == Kind.NO;
    if (typed.kind() == Kind.WORD && answers) {
      return isSlip(typed.surface(), wanted.surface()) ? Likeness.SLIP : Likeness.OTHER;
    }
    if (isNumeralOf(typed, wanted) || isNumeralOf(wanted, typed)) {
      return Likeness.SAME;
    }
    if (!isPlain(typed) || !isPlain(wanted)) {
      return Likeness.OTHER;
    }
    return likeness(typed.surface(), wanted.surface());
  }

  /** "Type I" is "type 1". */
  private static boolean isNumeralOf(Term word, Term number) {
    Quantity quantity = number.quantity();
    int value = quantity == null ? 0 : RomanNumerals.value(word.surface());
    return quantity != null
        && value > 0
        && quantity.isBare()
        && quantity.numbers().equals(List.of(Integer.toString(value)));
  }

  /** Single words only: a phrase of the tables is itself or not. */
  private static boolean isPlain(Term term) {
    return term.isWord() && term.end() == term.first() + 1;
  }

  private static boolean same(Term typed, Term wanted) {
    if (typed.kind() == Kind.QUANTITY || wanted.kind() == Kind.QUANTITY) {
      return false;
    }
    boolean denies = denies(typed) || typed.kind() == Kind.EXCEPT;
    if (denies || denies(wanted) || wanted.kind() == Kind.EXCEPT) {
      return typed.kind() == wanted.kind() || (denies(typed) && denies(wanted));
    }
    return typed.value().equals(wanted.value());
  }

  /** "2nd" is "second". */
  private boolean countsSame(Term typed, Term wanted) {
    boolean digits =
        typed.value().startsWith(Lexicon.COUNTS) || wanted.value().startsWith(Lexicon.COUNTS);
    return digits && lexicon.ordinal(typed).equals(lexicon.ordinal(wanted));
  }

  /** A negation, or a no that goes on: "you should not". */
  private static boolean denies(Term term) {
    return term.kind() == Kind.NOT || (term.kind() == Kind.NO && term.end() > term.first() + 1);
  }

  /** How near two words are, as they are written. */
  Likeness likeness(String typed, String wanted) {
    if (typed.equals(wanted)) {
      return Likeness.SAME;
    }
    if (areForms(typed, wanted) || lexicon.areSpellings(typed, wanted)) {
      return Likeness.FORM;
    }
    return isSlip(typed, wanted) ? Likeness.SLIP : Likeness.OTHER;
  }

  /** Whether a word repeats another in any form of it, however much it changes ("keep", "kept"). */
  boolean repeats(String typed, String other) {
    return typed.equals(other) || lexicon.areForms(typed, other) || shareBase(typed, other);
  }

  private boolean areForms(String typed, String wanted) {
    if (Math.min(typed.length(), wanted.length()) < STEM
        || isSpaceless(typed)
        || isSpaceless(wanted)) {
      return false;
    }
    if (lexicon.areForms(typed, wanted)) {
      return true;
    }
    int common = 0;
    int shorter = Math.min(typed.length(), wanted.length());
    while (common < shorter && typed.charAt(common) == wanted.charAt(common)) {
      common++;
    }
    return common >= 2 && areFormsOfBase(typed, wanted, common >= Math.max(STEM, shorter - 2));
  }

  /**
   * Whether two words are forms of one of them, or alike and forms of a third. Two words that both
   * stand in a dictionary for themselves are two ("tapa" and "tapete", both of "tapar").
   *
   * @param alike whether they differ in their endings only
   */
  private boolean areFormsOfBase(String typed, String wanted, boolean alike) {
    Set<String> ofTyped = lexicon.dictionary().bases(typed);
    Set<String> ofWanted = ofTyped.isEmpty() ? ofTyped : lexicon.dictionary().bases(wanted);
    boolean both = ofTyped.contains(typed) && ofWanted.contains(wanted);
    for (String base : ofTyped) {
      boolean own = base.equals(typed) || base.equals(wanted);
      if (ofWanted.contains(base) && (own ? alike || !both : alike && !both)) {
        return true;
      }
    }
    return false;
  }

  private boolean shareBase(String typed, String other) {
    if (isSpaceless(typed) || isSpaceless(other) || typed.charAt(0) != other.charAt(0)) {
      return false;
    }
    Set<String> bases = lexicon.dictionary().bases(typed);
    if (bases.isEmpty()) {
      return false;
    }
    for (String base : lexicon.dictionary().bases(other)) {
      if (bases.contains(base)) {
        return true;
      }
    }
    return false;
  }

  private boolean isSlip(String typed, String wanted) {
    int limit = limit(typed, wanted);
    if (limit == 0 || !keepsStart(typed, wanted)) {
      return false;
    }
    int distance = EditDistance.between(typed, wanted, limit);
    if (distance > limit || (distance == 2 && Math.abs(typed.length() - wanted.length()) == 2)) {
      return false;
    }
    boolean word = distance < 2 ? isWordBeside(typed, wanted) : isWord(typed);
    return !word && (distance < 2 || lexicon.dictionary().knows(wanted));
  }

  private boolean isWord(String typed) {
    return lexicon.knows(typed) || promptWords.contains(typed) || lexicon.dictionary().knows(typed);
  }

  /** A name is no word where what is wanted is none: "watter" for "water". */
  private boolean isWordBeside(String typed, String wanted) {
    if (!isWord(typed)) {
      return false;
    }
    boolean known = lexicon.knows(typed) || promptWords.contains(typed);
    return known
        || !lexicon.dictionary().isName(typed)
        || lexicon.dictionary().bases(wanted).isEmpty();
  }

  private static int limit(String typed, String wanted) {
    if (wanted.length() < MIN_LETTERS
        || typed.length() < MIN_LETTERS - 1
        || isSpaceless(typed)
        || isSpaceless(wanted)) {
      return 0;
    }
    return wanted.length() >= TWO_SLIPS ? 2 : wanted.length() / LETTERS_PER_SLIP;
  }

  /** The first letter is hardly ever a slip, and often a prefix: "atoxic" is not "toxic". */
  private static boolean keepsStart(String typed, String wanted) {
    return typed.charAt(0) == wanted.charAt(0)
        || (typed.charAt(0) == wanted.charAt(1) && typed.charAt(1) == wanted.charAt(0));
  }

  /** "teh", "thme": near a word without weight, and no word itself. */
  boolean isMisspeltArticle(Term term) {
    String typed = term.surface();
    if (!term.isWord() || typed.length() < 3 || isSpaceless(typed) || typed.indexOf(' ') >= 0) {
      return false;
    }
    for (String article : lexicon.articles()) {
      boolean same = typed.charAt(0) == article.charAt(0);
      boolean swap = typed.length() == 3 && article.length() == 3 && isSwapped(typed, article);
      boolean slip =
          typed.length() > 3 && article.length() > 3 && EditDistance.within(typed, article, 1);
      if (same && (swap || slip)) {
        return !isWord(typed);
      }
    }
    return false;
  }

  /** Whether two letters beside each other have changed places, and nothing else. */
  static boolean isTransposed(String typed, String wanted) {
    if (typed.length() != wanted.length() || typed.length() < MIN_LETTERS) {
      return false;
    }
    int i = 0;
    while (i < typed.length() && typed.charAt(i) == wanted.charAt(i)) {
      i++;
    }
    return i + 1 < typed.length()
        && typed.charAt(i) == wanted.charAt(i + 1)
        && typed.charAt(i + 1) == wanted.charAt(i)
        && typed.substring(i + 2).equals(wanted.substring(i + 2));
  }

  private static boolean isSwapped(String typed, String word) {
    return typed.charAt(1) == word.charAt(2) && typed.charAt(2) == word.charAt(1);
  }

  /** Days and months are a closed set: the nearest of them is meant, if one is nearest. */
  private boolean isCalendarSlip(String typed, String wanted) {
    int limit = limit(typed, wanted);
    if (limit == 0 || isWord(typed)) {
      return false;
    }
    int distance = EditDistance.between(typed, wanted, limit);
    if (distance > limit) {
      return false;
    }
    for (String other : lexicon.calendar()) {
      if (!other.equals(wanted)
          && other.length() >= MIN_LETTERS
          && EditDistance.within(typed, other, distance)) {
        return false;
      }
    }
    return true;
  }

  static boolean isSpaceless(String word) {
    return !word.isEmpty() && FoldedText.isSpaceless(word.codePointAt(0));
  }
}
