package co.stopcovid.drills.grading;

import co.stopcovid.drills.AnswerWords.Role;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.grading.NumberReader.Numeral;
import co.stopcovid.drills.grading.Phrases.Meaning;
import co.stopcovid.drills.grading.Quantity.Shape;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what each part of a text does in an answer: quantities and dates first, then the longest
 * phrase of the tables, then plain words.
 */
final class Reader {
  /** So far apart the two parts of a negation may stand: "ne vous touchez surtout pas". */
  private static final int MAX_GAP = 4;

  static final String NOT = "¬";

  /** All words that limit an answer are one, as are all that ring up a number. */
  static final String LIMIT = "only";

  static final String DIALING = "dial";

  /** Among the kept phrases: days, or times of the day, are what is asked for. */
  static final String DAYS = "¬days";

  static final String TIMES = "¬times";

  /** The roles of a phrase that is no number, the weightier first. */
  private static final List<Role> ROLES =
      List.of(
          Role.WORD,
          Role.NEGATION,
          Role.EXCLUSION,
          Role.ALTERNATIVE,
          Role.CONTRAST,
          Role.SEQUENCE,
          Role.REASON,
          Role.QUESTION,
          Role.COMPARISON,
          Role.CONJUNCTION,
          Role.MEASURE,
          Role.LIMIT,
          Role.DIALING,
          Role.FILLER,
          Role.ADDRESS,
          Role.ARTICLE,
          Role.PREPOSITION);

  private final Lexicon lexicon;
  private final List<Token> tokens;
  private final List<Term> terms;
  private final QuantityReader quantities;
  private final DateReader dates;

  /** How many terms at the start have no weight. */
  private int weightless;

  private final Set<Integer> consumed = new HashSet<>(0);

  /** Phrases of the prompt's options: there they have weight, whatever they do elsewhere. */
  private final Set<String> kept;

  private Reader(Lexicon lexicon, List<Token> tokens, Set<String> kept) {
    this.lexicon = lexicon;
    this.kept = kept;
    this.tokens = tokens;
    this.terms = new ArrayList<>(tokens.size());
    this.quantities = new QuantityReader(lexicon, tokens, kept.contains(TIMES));
    this.dates = new DateReader(lexicon, tokens);
  }

  static Reading read(Lexicon lexicon, String text) {
    return read(lexicon, text, Set.of());
  }

  /**
   * Reads a text.
   *
   * @param kept phrases that are words here, although elsewhere they have no weight or ask
   *     something
   */
  static Reading read(Lexicon lexicon, String text, Set<String> kept) {
    var reader = new Reader(lexicon, Tokenizer.tokens(text), kept);
    int at = 0;
    while (at < reader.tokens.size()) {
      at = reader.next(at);
    }
    reader.setLeadApart();
    reader.setPersonsApart();
    return new Reading(reader.tokens, reader.terms);
  }

  /** "No, …" answers and negates nothing; "no gloves" negates. */
  private void setLeadApart() {
    if (terms.size() < 2 || terms.getFirst().kind() != Kind.NOT || !terms.get(1).opensPart()) {
      return;
    }
    Term first = terms.getFirst();
    if (Boolean.FALSE.equals(lexicon.yesOrNo(first.surface()))) {
      terms.set(0, first.as(Kind.NO));
    }
  }

  /** "The chef and me" names two, though "me" has no weight elsewhere. */
  private void setPersonsApart() {
    for (int i = 0; i < terms.size(); i++) {
      Term term = terms.get(i);
      boolean person = term.kind() == Kind.ARTICLE && isMoreThanLetter(term);
      if (person && (isJoinedLast(i) || isJoinedFirst(i))) {
        terms.set(i, term.as(Kind.WORD));
      }
    }
  }

  private static boolean isMoreThanLetter(Term term) {
    return term.surface().length() > 1 || Words.isSpaceless(term.surface());
  }

  private boolean isJoinedLast(int at) {
    return at > 0
        && terms.get(at - 1).kind() == Kind.AND
        && terms.subList(at + 1, terms.size()).stream().allMatch(Term::isWeightless);
  }

  private boolean isJoinedFirst(int at) {
    // Portuguese é reads as e: "isso é falso" joins nothing.
    return at == 0
        && terms.size() > 2
        && terms.get(1).kind() == Kind.AND
        && !terms.get(1).surface().equals("e");
  }

  /** Reads the term that starts at a token, and tells where the next one starts. */
  private int next(int at) {
    if (consumed.contains(at)) {
      return at + 1;
    }
    if (isNumberSign(at)) {
      return add(Kind.FILLER, "no", at, at + 1);
    }
    if (closesNegation(at)) {
      return add(Kind.NOT, NOT, at, at + 1);
    }
    Meaning day = kept.contains(DAYS) ? phraseOf(at, Role.SHORT_WEEKDAY) : null;
    if (day != null && phraseOf(at, Role.WEEKDAY) == null) {
      return add(Kind.CALENDAR, "day " + day.value(Role.SHORT_WEEKDAY), at, at + day.words);
    }
    DateReader.Date date = dates.read(at);
    if (date != null) {
      return add(date.quantity().numbers().getFirst(), date.quantity(), at, date.end());
    }
    int end = ordinal(at);
    if (end < 0) {
      end = quantity(at);
    }
    if (end < 0) {
      end = phrase(at);
    }
    return end < 0 ? plain(at) : end;
  }

  /** "No. 2": no negation. */
  private boolean isNumberSign(int at) {
    return tokens.get(at).text().equals("no")
        && tokens.get(at).after() == '.'
        && at + 1 < tokens.size()
        && tokens.get(at + 1).isNumber();
  }

  /** "2nd", "2º", "2ème": digits that count, and no quantity; negative: none starts here. */
  private int ordinal(int at) {
    if (!tokens.get(at).isNumber() || at + 1 >= tokens.size() || !tokens.get(at + 1).glued()) {
      return -1;
    }
    Meaning suffix = phraseOf(at + 1, Role.ORDINAL);
    boolean counts = suffix != null && suffix.value(Role.ORDINAL).equals("0");
    String number = tokens.get(at).text();
    if (!counts || number.indexOf('.') >= 0) {
      return -1;
    }
    Kind kind = number.equals("1") ? Kind.THEN : Kind.WORD; // as "first" is
    return add(kind, Lexicon.COUNTS + number, at, at + 2);
  }

  private int quantity(int at) {
    // Three or more words that begin with a number word and do not count: "one hundred percent".
    Meaning filler = phraseOf(at, Role.FILLER);
    if (filler != null && filler.words > 1 && !tokens.get(at).isNumber()) {
      return -1;
    }
    if (isPartOfName(at) || isBeforeMeasure(at)) {
      return -1;
    }
    if (dates.comparesAt(at)) {
      return -1;
    }
    QuantityReader.Read read = quantities.read(at, isAlone());
    if (read == null) {
      return -1;
    }
    Quantity quantity = read.quantity();
    String value = String.join(quantity.shape() == Shape.COLON ? ":" : "-", quantity.numbers());
    return add(value, quantity, at, read.end());
  }

  /** Whether nothing of weight has been read yet. */
  private boolean isAlone() {
    while (weightless < terms.size() && terms.get(weightless).isWeightless()) {
      weightless++;
    }
    return weightless == terms.size();
  }

  private @Nullable Meaning phraseOf(int at, Role role) {
    return lexicon.phrases().longest(tokens, at, role);
  }

  /** "Una pastilla de jabón": an article, and how much of something, not one pill. */
  private boolean isBeforeMeasure(int at) {
    return lexicon.has(tokens.get(at).text(), Role.ARTICLE)
        && at + 1 < tokens.size()
        && phraseOf(at + 1, Role.MEASURE) != null;
  }

  /** The number of "N95" and "B12" belongs to the letters before it. */
  private boolean isPartOfName(int at) {
    return at > 0
        && tokens.get(at).isNumber()
        && tokens.get(at).glued()
        && tokens.get(at - 1).kind() == Token.Kind.WORD
        && !FoldedText.isSpaceless(tokens.get(at - 1).text().codePointAt(0));
  }

  /** The longest phrase of the tables; negative: none starts here. */
  private int phrase(int at) {
    Meaning longest = null;
    Kind kind = null;
    Phrases node = lexicon.phrases();
    for (int i = at; i < tokens.size(); i++) {
      node = node.after(tokens.get(i));
      if (node == null) {
        break;
      }
      Meaning meaning = node.meaning();
      Kind role = meaning == null ? null : kind(meaning, at);
      if (role != null && !(decides(role) && answersApart(at, i))) {
        longest = meaning;
        kind = role;
      }
    }
    if (longest == null || kind == null) {
      return -1;
    }
    String surface = surface(at, at + longest.words);
    boolean dials = kind == Kind.PREPOSITION && longest.has(Role.DIALING);
    if ((canBeKept(kind) || kind == Kind.ARTICLE || dials) && kept.contains(surface)) {
      kind = Kind.WORD;
    }
    String value =
        switch (kind) {
          case NOT, EXCEPT -> NOT;
          case CALENDAR ->
              longest.has(Role.MONTH)
                  ? "month " + longest.value(Role.MONTH)
                  : "day " + longest.value(Role.WEEKDAY);
          case COMPARISON -> longest.value(Role.COMPARISON);
          default ->
              longest.has(Role.LIMIT)
                  ? LIMIT
                  : dials && kind == Kind.PREPOSITION ? DIALING : surface;
        };
    return add(kind, value, at, at + longest.words);
  }

  private static boolean decides(Kind kind) {
    return kind == Kind.NOT || kind == Kind.NO || kind == Kind.YES;
  }

  /** "No, es …" is no "no es", 不,错 no 不错: a no, and a part behind it. */
  private boolean answersApart(int at, int last) {
    return last == at + 1
        && tokens.get(last).opensPart()
        && Boolean.FALSE.equals(lexicon.yesOrNo(tokens.get(at).text()));
  }

  /** Whether what plays a role elsewhere can be a word that an option is made of. */
  static boolean canBeKept(Kind kind) {
    return kind == Kind.FILLER || kind == Kind.ASK || kind == Kind.THEN;
  }

  /** What a phrase does at this place; null: nothing but be a word. */
  private @Nullable Kind kind(Meaning meaning, int at) {
    if (meaning.has(Role.MONTH) || meaning.has(Role.WEEKDAY)) {
      return Kind.CALENDAR;
    }
    int end = at + meaning.words;
    if (meaning.has(Role.MEANING) && meaning.value(Role.MEANING).equals("unknown")) {
      return meaning.has(Role.NEGATION) && end < tokens.size() ? Kind.NOT : Kind.UNKNOWN;
    }
    if (meaning.has(Role.SEQUENCE) && turnsOrder(meaning, at)) {
      return Kind.WORD;
    }
    for (Role role : ROLES) {
      if (meaning.has(role) && plays(role, meaning, at)) {
        return kind(role, meaning, at);
      }
    }
    if (meaning.has(Role.YES)) {
      return isDenied(meaning, at) ? Kind.FILLER : Kind.YES;
    }
    return meaning.has(Role.NO) ? Kind.NO : null;
  }

  /** Whether a phrase does at this place what it can do. */
  private boolean plays(Role role, Meaning meaning, int at) {
    return switch (role) {
      case COMPARISON -> dates.comparesAt(at);
      case EXCLUSION -> !isNoun(meaning, at);
      case DIALING -> isDialled(at + meaning.words);
      default -> true;
    };
  }

  /**
   * "Limpar depois de encher" puts the second first, as 清洁在填充之后 does; "limpar, depois encher" does
   * not.
   */
  private boolean turnsOrder(Meaning meaning, int at) {
    Meaning comparison = phraseOf(at, Role.COMPARISON);
    return comparison != null
        && (comparison.words > meaning.words
            || (comparison.words == meaning.words
                && !tokens.get(at).opensPart()
                && isPlacedBehind()));
  }

  /** Whether what is read last is said to be placed somewhere, behind what is to be placed. */
  private boolean isPlacedBehind() {
    for (int i = terms.size() - 1; i > 0; i--) {
      if (lexicon.isPlacing(terms.get(i).surface())) {
        return terms.get(i - 1).kind() != Kind.THEN && !terms.get(i).opensPart();
      }
    }
    return false;
  }

  /** "A bar of soap", "a soap bar": behind an article, or with nothing to exclude. */
  private boolean isNoun(Meaning meaning, int at) {
    boolean single = meaning.words == 1 && !terms.isEmpty();
    boolean article =
        single && terms.getLast().kind() == Kind.ARTICLE && !tokens.get(at).opensPart();
    return article || (single && at + 1 == tokens.size());
  }

  /** Whether a number to ring up stands here: "call 911", "ligar para o 192". */
  private boolean isDialled(int at) {
    int number = at;
    while (number < Math.min(tokens.size(), at + 3) && isLink(number)) {
      number++;
    }
    Numeral numeral = NumberReader.read(lexicon.phrases(), tokens, number);
    return numeral != null && numeral.places().length() > 1 && numeral.unit() == null;
  }

  /** "You should never": the yes of "you should" is none. */
  private boolean isDenied(Meaning meaning, int at) {
    int end = at + meaning.words;
    return meaning.words > 1
        && lexicon.yesOrNo(tokens.get(at).text()) == null
        && end < tokens.size()
        && !tokens.get(end).opensPart()
        && phraseOf(end, Role.NEGATION) != null;
  }

  private Kind kind(Role role, Meaning meaning, int at) {
    int end = at + meaning.words;
    return switch (role) {
      case NEGATION -> Kind.NOT;
      case EXCLUSION -> Kind.EXCEPT;
      case ALTERNATIVE -> Kind.OR;
      case CONTRAST -> Kind.BUT;
      case SEQUENCE -> Kind.THEN;
      case REASON -> Kind.BECAUSE;
      case QUESTION -> Kind.ASK;
      case COMPARISON -> Kind.COMPARISON;
      case CONJUNCTION -> isInitial(meaning, at) ? Kind.WORD : Kind.AND;
      case FILLER, LIMIT -> Kind.FILLER;
      case MEASURE -> Kind.ARTICLE;
      case DIALING -> Kind.PREPOSITION;
      case ADDRESS -> isSpokenTo(at, end) ? Kind.FILLER : Kind.WORD;
      case ARTICLE -> isLastLetter(meaning, at) ? Kind.WORD : Kind.ARTICLE;
      case PREPOSITION -> end == tokens.size() && !terms.isEmpty() ? Kind.WORD : Kind.PREPOSITION;
      default -> Kind.WORD;
    };
  }

  /** "Vitamin A": at the end of a text, a letter is no article. */
  private boolean isLastLetter(Meaning meaning, int at) {
    return meaning.words == 1
        && at + 1 == tokens.size()
        && tokens.get(at).isSingleLetter()
        && !Words.isSpaceless(tokens.get(at).text())
        && !terms.isEmpty();
  }

  /** "Thanks, boss", but not "the boss of …". */
  private boolean isSpokenTo(int at, int end) {
    return (at == 0 || !isLink(at - 1)) && (end >= tokens.size() || !isLink(end));
  }

  private boolean isLink(int at) {
    String word = tokens.get(at).text();
    return !tokens.get(at).opensPart()
        && (lexicon.has(word, Role.ARTICLE) || lexicon.has(word, Role.PREPOSITION));
  }

  /** The letter of "N95", also written "N-95", is no "and". */
  private boolean isInitial(Meaning meaning, int at) {
    return meaning.words == 1
        && tokens.get(at).isSingleLetter()
        && at + 1 < tokens.size()
        && tokens.get(at + 1).isNumber()
        && (at == 0 || tokens.get(at + 1).glued());
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

  private int plain(int at) {
    Token token = tokens.get(at);
    if (token.kind() == Token.Kind.SIGN) {
      return sign(token, at);
    }
    Meaning meaning = lexicon.phrases().of(token.text());
    boolean unit = meaning != null && meaning.has(Role.UNIT) && token.text().length() > 3;
    String value = unit && meaning != null ? meaning.value(Role.UNIT) : token.text();
    return add(Kind.WORD, value, at, at + 1);
  }

  private int sign(Token token, int at) {
    return switch (token.text()) {
      case "/" -> add(Kind.OR, "/", at, at + 1);
      case "&", "+" -> add(Kind.AND, token.text(), at, at + 1);
      default -> at + 1; // A sign without its number says nothing.
    };
  }

  private int add(Kind kind, String value, int at, int end) {
    terms.add(new Term(kind, value, surface(at, end), at, end, tokens.get(at).opensPart(), null));
    return end;
  }

  private int add(String value, Quantity quantity, int at, int end) {
    boolean opensPart = tokens.get(at).opensPart();
    terms.add(new Term(Kind.QUANTITY, value, surface(at, end), at, end, opensPart, quantity));
    return end;
  }

  private String surface(int at, int end) {
    return end == at + 1 ? tokens.get(at).text() : Lexicon.key(tokens.subList(at, end));
  }
}
