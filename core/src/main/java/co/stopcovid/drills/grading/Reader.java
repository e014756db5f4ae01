package co.stopcovid.drills.grading;

import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.grading.Phrases.Meaning;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what each part of a text does in an answer. The longest phrase that fits wins; what a word
 * does can depend on its neighbours ("s" is a unit only behind a number).
 */
final class Reader {
  /** So far apart the two parts of a negation may stand: "ne vous touchez surtout pas". */
  private static final int MAX_GAP = 4;

  /** Shorter units are units only behind a number. */
  private static final int MIN_UNIT_LETTERS = 4;

  static final String NOT = "¬";
  static final String NO = "¬,";

  private final Lexicon lexicon;
  private final List<Token> tokens;
  private final List<Term> terms;
  private final Set<Integer> consumed = new HashSet<>(0);

  /** Whether the next number is the high end of the range that the last one began. */
  private boolean rangeOpen;

  private Reader(Lexicon lexicon, List<Token> tokens) {
    this.lexicon = lexicon;
    this.tokens = tokens;
    this.terms = new ArrayList<>(tokens.size());
  }

  static Reading read(Lexicon lexicon, String text) {
    var reader = new Reader(lexicon, Tokenizer.tokens(text));
    int at = 0;
    while (at < reader.tokens.size()) {
      at = reader.next(at);
    }
    reader.setLeadApart();
    return new Reading(reader.tokens, reader.terms);
  }

  /** "No, …" answers and negates nothing; "no gloves" negates. */
  private void setLeadApart() {
    if (terms.size() < 2 || terms.getFirst().kind() != Kind.NOT || !terms.get(1).opensPart()) {
      return;
    }
    Term first = terms.getFirst();
    if (Boolean.FALSE.equals(lexicon.yesOrNo(first.surface()))) {
      terms.set(0, first.as(Kind.NO, NO));
    }
  }

  /** Reads the term that starts at a token, and tells where the next one starts. */
  private int next(int at) {
    if (consumed.contains(at)) {
      return at + 1;
    }
    Token token = tokens.get(at);
    if (closesNegation(at)) {
      add(Kind.NOT, NOT, at, 1);
      return at + 1;
    }
    if (isPartOfName(at)) {
      return addPlain(token, at);
    }
    Phrases node = lexicon.phrases();
    Meaning longest = null;
    Kind kind = null;
    for (int i = at; i < tokens.size(); i++) {
      node = node.after(tokens.get(i));
      if (node == null) {
        break;
      }
      Meaning meaning = node.meaning();
      Kind role = meaning == null ? null : role(meaning, at);
      if (role != null) {
        longest = meaning;
        kind = role;
      }
    }
    if (longest != null && kind != null) {
      return add(kind, longest, at);
    }
    return addPlain(token, at);
  }

  /** The letter of "N95", also written "N-95", is no "and". */
  private boolean isPartOfName(int at) {
    Token token = tokens.get(at);
    if (!token.isSingleLetter()
        || FoldedText.isSpaceless(token.text().charAt(0))
        || at + 1 == tokens.size()
        || !tokens.get(at + 1).isNumber()) {
      return false;
    }
    Meaning meaning = lexicon.phrases().of(token.text());
    boolean joins = meaning != null && meaning.and && at == 0;
    return (tokens.get(at + 1).glued() && !token.glued()) || joins;
  }

  /** What a phrase does at this place; null: nothing but be a word. */
  private @Nullable Kind role(Meaning meaning, int at) {
    int end = at + meaning.words;
    if (meaning.comparison != null && isComparison(meaning.comparison, end)) {
      return Kind.COMPARISON;
    }
    if (meaning.not && !(meaning.unknown && end == tokens.size())) {
      return Kind.NOT;
    }
    if (meaning.unknown) {
      return Kind.UNKNOWN;
    }
    if (meaning.number != null && isNumber(meaning, at, end)) {
      return Kind.NUMBER;
    }
    if (meaning.unit != null && isUnit(at, end)) {
      return Kind.UNIT;
    }
    if (meaning.or) {
      return Kind.OR;
    }
    if (meaning.and) {
      return Kind.AND;
    }
    if (meaning.filler) {
      return Kind.FILLER;
    }
    if (meaning.article) {
      return Kind.ARTICLE;
    }
    if (meaning.preposition) {
      return Kind.PREPOSITION;
    }
    return meaning.distinct ? Kind.WORD : null;
  }

  /** "less than" moves a number beside it; "to" makes one of two numbers. */
  private boolean isComparison(String sign, int end) {
    boolean behind = !terms.isEmpty() && isAmount(terms.getLast());
    boolean before = end < tokens.size() && startsNumber(skipArticle(end));
    return sign.equals("-")
        ? before && behind && terms.getLast().kind() == Kind.NUMBER
        : before || behind;
  }

  private int skipArticle(int at) {
    Meaning meaning = lexicon.phrases().of(tokens.get(at).text());
    boolean skip = meaning != null && meaning.article && meaning.number == null;
    return skip && at + 1 < tokens.size() ? at + 1 : at;
  }

  private boolean startsNumber(int at) {
    if (tokens.get(at).isNumber()) {
      return true;
    }
    Phrases node = lexicon.phrases();
    for (int i = at; i < tokens.size() && node != null; i++) {
      node = node.after(tokens.get(i));
      Meaning meaning = node == null ? null : node.meaning();
      if (meaning != null && meaning.number != null && isNumber(meaning, at, i + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAmount(Term term) {
    return term.kind() == Kind.NUMBER || term.kind() == Kind.UNIT;
  }

  /** A word that is also an article, and one character of a script without spaces, need a unit. */
  private boolean isNumber(Meaning meaning, int at, int end) {
    boolean doubtful =
        meaning.article
            || (meaning.words == 1 && FoldedText.isSpaceless(tokens.get(at).text().codePointAt(0)));
    boolean alone = end == tokens.size() && terms.stream().allMatch(Term::isWeightless);
    return !doubtful || alone || startsUnit(end) || isNumeral(end);
  }

  /** The next of several numerals ("一两米"), or what makes a range of them ("五到二十"). */
  private boolean isNumeral(int at) {
    Meaning meaning = at < tokens.size() ? lexicon.phrases().of(tokens.get(at).text()) : null;
    return meaning != null
        && FoldedText.isSpaceless(tokens.get(at).text().codePointAt(0))
        && (meaning.number != null || "-".equals(meaning.comparison));
  }

  private boolean startsUnit(int at) {
    Phrases node = lexicon.phrases();
    for (int i = at; i < tokens.size() && node != null; i++) {
      node = node.after(tokens.get(i));
      Meaning meaning = node == null ? null : node.meaning();
      if (meaning != null && meaning.unit != null) {
        return true;
      }
    }
    return false;
  }

  private boolean isUnit(int at, int end) {
    if (!terms.isEmpty() && terms.getLast().kind() == Kind.NUMBER) {
      return true;
    }
    boolean sign = tokens.get(at).kind() == Token.Kind.SIGN;
    return sign && end < tokens.size() && tokens.get(end).isNumber();
  }

  /** The first word of "ne … pas": a negation here, and the second word is part of it. */
  private boolean closesNegation(int at) {
    Set<String> ends = lexicon.negationEnds(tokens.get(at).text());
    if (ends.isEmpty()) {
      return false;
    }
    for (int i = at + 1; i < Math.min(tokens.size(), at + 1 + MAX_GAP); i++) {
      if (ends.contains(tokens.get(i).text())) {
        consumed.add(i);
        return true;
      }
    }
    return false;
  }

  private int add(Kind kind, Meaning meaning, int at) {
    int end = at + meaning.words;
    switch (kind) {
      case NUMBER -> addNumber(String.valueOf(meaning.number), at, meaning.words);
      case UNIT -> add(kind, String.valueOf(meaning.unit), at, meaning.words);
      case NOT -> add(kind, NOT, at, meaning.words);
      case COMPARISON -> {
        String sign = String.valueOf(meaning.comparison);
        rangeOpen = sign.equals("-");
        if (!rangeOpen) {
          add(kind, sign, at, meaning.words);
          moveBeforeNumber(end);
        }
      }
      case WORD -> addWord(meaning, at);
      default -> add(kind, surface(at, meaning.words), at, meaning.words);
    }
    return end;
  }

  /** "3 days at most" says "at most 3 days". */
  private void moveBeforeNumber(int end) {
    if (end < tokens.size() && startsNumber(skipArticle(end))) {
      return;
    }
    Term comparison = terms.removeLast();
    int at = terms.size();
    while (at > 0 && isAmount(terms.get(at - 1))) {
      at--;
    }
    terms.add(at, comparison);
  }

  /** "twice" is a number and its unit. */
  private void addNumber(String number, int at, int words) {
    int blank = number.indexOf(' ');
    String value = blank < 0 ? number : number.substring(0, blank);
    if (rangeOpen || isHyphenated(at)) {
      rangeOpen = false;
      Term low = terms.removeLast();
      String range = NumberText.range(low.value(), value);
      terms.add(new Term(Kind.NUMBER, range, range, low.first(), low.opensPart()));
    } else {
      add(Kind.NUMBER, value, at, words);
    }
    if (blank > 0) {
      add(Kind.UNIT, number.substring(blank + 1), at, words);
    }
  }

  /** "two-three": digits of that form are one token already. */
  private boolean isHyphenated(int at) {
    return tokens.get(at).before() == '-'
        && !terms.isEmpty()
        && terms.getLast().kind() == Kind.NUMBER;
  }

  private int addPlain(Token token, int at) {
    switch (token.kind()) {
      case NUMBER -> addNumber(token.text(), at, 1);
      case WORD -> addWord(lexicon.phrases().of(token.text()), at);
      case SIGN -> addSign(token, at);
    }
    return at + 1;
  }

  private void addWord(@Nullable Meaning meaning, int at) {
    int words = meaning == null ? 1 : meaning.words;
    String surface = surface(at, words);
    boolean unit =
        meaning != null
            && meaning.unit != null
            && surface.length() >= MIN_UNIT_LETTERS
            && !FoldedText.isSpaceless(surface.codePointAt(0));
    terms.add(
        new Term(
            Kind.WORD,
            unit && meaning != null ? String.valueOf(meaning.unit) : surface,
            surface,
            at,
            tokens.get(at).opensPart()));
  }

  private void addSign(Token token, int at) {
    switch (token.text()) {
      case "/" -> add(isPer(at) ? Kind.ARTICLE : Kind.OR, "/", at, 1);
      case "&" -> add(Kind.AND, "&", at, 1);
      case "+" -> add(Kind.AND, "+", at, 1);
      case "<", ">" -> add(Kind.COMPARISON, token.text(), at, 1);
      default -> {
        // A sign without its number says nothing.
      }
    }
  }

  /** "3 times/day". */
  private boolean isPer(int at) {
    return !terms.isEmpty() && terms.getLast().kind() == Kind.UNIT && startsUnit(at + 1);
  }

  private void add(Kind kind, String value, int at, int words) {
    terms.add(new Term(kind, value, surface(at, words), at, tokens.get(at).opensPart()));
  }

  private String surface(int at, int words) {
    return words == 1 ? tokens.get(at).text() : Lexicon.key(tokens.subList(at, at + words));
  }
}
