package co.stopcovid.drills.grading;

import co.stopcovid.drills.EditDistance;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.List;
import java.util.Set;

/**
 * Which slips of a finger a reply may hold: in words of four letters and more, a quarter of the
 * letters. A word that is known to be another word is no slip, nor is a number.
 */
final class Spelling {
  static final int MIN_LETTERS = 4;
  private static final int LETTERS_PER_SLIP = 4;
  private static final int NO_MATCH = -1;

  private final Lexicon lexicon;

  /** Words of the prompt: who types one of them means it. */
  private final Set<String> promptWords;

  Spelling(Lexicon lexicon, Set<String> promptWords) {
    this.lexicon = lexicon;
    this.promptWords = promptWords;
  }

  /**
   * How many slips part a reply from an answer; negative when they are no slips. Prepositions may
   * be there in one of them only.
   */
  int slips(Wording reply, Wording answer) {
    boolean shortened =
        reply.has(Kind.PREPOSITION) != answer.has(Kind.PREPOSITION)
            && reply.size() != answer.size();
    return shortened
        ? slipsInWords(reply.withoutPrepositions(), answer.withoutPrepositions())
        : slipsInWords(reply, answer);
  }

  private int slipsInWords(Wording reply, Wording answer) {
    if (reply.size() != answer.size()) {
      return joinedSlips(reply, answer);
    }
    int slips = 0;
    for (int i = 0; i < reply.size(); i++) {
      int more = slips(reply.terms().get(i), answer.terms().get(i), answer.size() == 1);
      if (more < 0) {
        return isSpaceless(answer) ? spacelessSlips(reply.terms(), answer.terms()) : NO_MATCH;
      }
      slips += more;
    }
    return slips;
  }

  private int slips(Term reply, Term answer, boolean alone) {
    if (reply.same(answer, alone)) {
      return 0;
    }
    if (alone && answer.kind() == Kind.NOT && reply.kind() == Kind.WORD) {
      return slips(reply.surface(), answer.surface());
    }
    if (isFixed(reply) || isFixed(answer)) {
      return NO_MATCH;
    }
    return slips(reply.surface(), answer.surface());
  }

  private static boolean isFixed(Term term) {
    return switch (term.kind()) {
      case NUMBER, NOT, NO, COMPARISON, OR, UNKNOWN -> true;
      case WORD, UNIT, PREPOSITION, AND, ARTICLE, FILLER -> false;
    };
  }

  /** How many slips part two words; negative when they are no slips. */
  int slips(String typed, String word) {
    if (Math.min(typed.length(), word.length()) < MIN_LETTERS - 1 || word.length() < MIN_LETTERS) {
      return NO_MATCH;
    }
    if (lexicon.areForms(typed, word)) {
      return 1;
    }
    if (lexicon.knows(typed) || promptWords.contains(typed)) {
      return NO_MATCH;
    }
    int limit = word.length() / LETTERS_PER_SLIP;
    int distance = EditDistance.between(typed, word, limit);
    return distance <= limit ? distance : NO_MATCH;
  }

  /** Whether a word is near one without weight and is no word of the prompt. */
  boolean isMisspeltArticle(String word) {
    return !promptWords.contains(word) && lexicon.isMisspeltArticle(word);
  }

  /** "handsanitzer" for "hand sanitizer". */
  private int joinedSlips(Wording reply, Wording answer) {
    if (Math.abs(reply.size() - answer.size()) != 1 || Math.min(reply.size(), answer.size()) != 1) {
      return NO_MATCH;
    }
    String typed = joined(reply);
    String word = joined(answer);
    return typed.length() >= 2 * MIN_LETTERS && !word.isEmpty() ? slips(typed, word) : NO_MATCH;
  }

  private static String joined(Wording wording) {
    var letters = new StringBuilder();
    for (Term term : wording.terms()) {
      boolean longEnough = wording.size() == 1 || term.surface().length() >= MIN_LETTERS;
      if (!term.isWord() || !longEnough) {
        return "";
      }
      letters.append(term.surface());
    }
    return letters.toString();
  }

  private static boolean isSpaceless(Wording wording) {
    for (Term term : wording.terms()) {
      if (term.kind() != Kind.WORD || !FoldedText.isSpaceless(term.value().codePointAt(0))) {
        return false;
      }
    }
    return wording.size() >= MIN_LETTERS;
  }

  /** One wrong character, or two neighbours swapped, when neither is one that turns the meaning. */
  private int spacelessSlips(List<Term> reply, List<Term> answer) {
    int first = -1;
    int differences = 0;
    for (int i = 0; i < answer.size(); i++) {
      if (!reply.get(i).value().equals(answer.get(i).value())) {
        first = first < 0 ? i : first;
        differences++;
        if (isFirm(reply.get(i)) || isFirm(answer.get(i))) {
          return NO_MATCH;
        }
      }
    }
    boolean swapped =
        differences == 2
            && first + 1 < answer.size()
            && reply.get(first).value().equals(answer.get(first + 1).value())
            && reply.get(first + 1).value().equals(answer.get(first).value());
    return differences == 1 || swapped ? 1 : NO_MATCH;
  }

  private boolean isFirm(Term term) {
    return term.kind() != Kind.WORD
        || lexicon.knows(term.value())
        || promptWords.contains(term.value());
  }
}
