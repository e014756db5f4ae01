package co.stopcovid.drills.grading;

import co.stopcovid.common.Language;
import co.stopcovid.drills.AnswerWords;
import co.stopcovid.drills.AnswerWords.Role;
import co.stopcovid.drills.Dictionary;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.grading.Phrases.Meaning;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The words of one language, prepared for reading answers. English words are understood too where
 * the language has no such word of its own; yes and no are understood in every language.
 */
final class Lexicon {
  private static final String GAP = "…";

  /** Before the number of an ordinal in digits. */
  static final String COUNTS = "#";

  /** How much of a word stands before an ending that is spelt in two ways; or nothing. */
  private static final int SPELT_STEM = 3;

  /** Roles that English words do not bring into another language: too short, and too common. */
  private static final Set<Role> OWN_ONLY =
      EnumSet.of(
          Role.CONJUNCTION,
          Role.PREPOSITION,
          Role.INTERJECTION,
          Role.SHORT_WEEKDAY,
          Role.WORD,
          Role.ENDING,
          Role.SPELLING,
          Role.RANGE);

  /** Roles whose words are no phrases of a text, or are kept apart. */
  private static final Set<Role> NO_PHRASES =
      EnumSet.of(Role.YES, Role.NO, Role.ENDING, Role.SPELLING);

  private final Phrases phrases = new Phrases();

  /** The first word of a negation in two parts, such as "ne … pas", and what may be its second. */
  private final Map<String, Set<String>> partedNegations = new HashMap<>();

  private final Map<String, Boolean> yesNo = new HashMap<>();
  private final Map<String, String> meanings = new HashMap<>();
  private final Set<String> knownWords = new HashSet<>();

  /** What is like it in writing can be a slip of it, and none of them is a slip of another. */
  private final Set<String> calendar = new HashSet<>();

  /** What comparisons begin with: "before", "less". */
  private final Set<String> comparing = new HashSet<>();

  private final Set<String> articles = new HashSet<>();
  private final Set<String> endings;
  private final Map<String, String> spellings;
  private final Dictionary dictionary;

  private Lexicon(LanguageTables tables, Language language) {
    LanguageTable english = tables.english();
    LanguageTable own = tables.find(language).orElse(english);
    dictionary = tables.dictionary(own.language());
    endings = own.answers().of(Role.ENDING).keySet();
    spellings = own.answers().of(Role.SPELLING);
    own.polite().forEach(phrase -> add(phrase, Role.FILLER, ""));
    addOwn(own.answers());
    Set<String> known = Set.copyOf(knownWords);
    if (!own.language().equals(english.language())) {
      addEnglish(english);
    }
    for (LanguageTable table : tables.all()) {
      if (!table.language().equals(own.language())) {
        addForeignYesNo(table.answers(), known);
      }
    }
    addYesNo(own.answers());
    addMeanings(english.answers());
    addMeanings(own.answers());
  }

  /** The lexicon of a language, made once for these tables. */
  static Lexicon of(LanguageTables tables, Language language) {
    return tables.derive(Lexicons.class, Lexicons::new).of(language);
  }

  Phrases phrases() {
    return phrases;
  }

  Dictionary dictionary() {
    return dictionary;
  }

  /** Whether a word plays a role of its own. */
  boolean has(String word, Role role) {
    Meaning meaning = phrases.of(word);
    return meaning != null && meaning.has(role);
  }

  /** The numbers of a term, of a word too that is one only beside others ("one", "un"). */
  List<String> numbers(Term term) {
    Quantity quantity = term.quantity();
    if (quantity != null) {
      return quantity.isBare() ? quantity.numbers() : List.of("");
    }
    Meaning meaning = phrases.of(term.surface());
    String value = meaning == null ? "" : meaning.value(Role.NUMBER);
    boolean plain = !value.isEmpty() && value.chars().allMatch(Tokenizer::isDigit);
    return plain ? List.of(value) : List.of();
  }

  /** Whether a preposition says that something is near, and so not there. */
  boolean isNear(String phrase) {
    Meaning meaning = phrases.longest(Tokenizer.tokens(phrase), 0, Role.PREPOSITION);
    return meaning != null && meaning.value(Role.PREPOSITION).equals("near");
  }

  /** Whether a preposition places what stands before it: 在, in 清洁在填充之后. */
  boolean isPlacing(String word) {
    Meaning meaning = phrases.of(word);
    return meaning != null && meaning.value(Role.PREPOSITION).equals("placing");
  }

  /** What a term counts; empty: it is no ordinal. */
  String ordinal(Term term) {
    if (term.quantity() != null) {
      return "";
    }
    if (term.value().startsWith(COUNTS)) {
      return term.value().substring(COUNTS.length());
    }
    Meaning meaning = phrases.of(term.surface());
    String number = meaning == null ? "" : meaning.value(Role.ORDINAL);
    return number.equals("0") ? "" : number;
  }

  /** Whether two words are one in two spellings: "sanitiser" and "sanitizer". */
  boolean areSpellings(String one, String other) {
    if (one.charAt(0) != other.charAt(0) || Math.abs(one.length() - other.length()) > 2) {
      return false; // as nearly all words are
    }
    for (Map.Entry<String, String> spelling : spellings.entrySet()) {
      if (isRespelt(one, other, spelling) || isRespelt(other, one, spelling)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRespelt(String one, String other, Map.Entry<String, String> spelling) {
    int stem = one.length() - spelling.getKey().length();
    return (stem >= SPELT_STEM || stem == 0)
        && one.endsWith(spelling.getKey())
        && other.length() == stem + spelling.getValue().length()
        && other.endsWith(spelling.getValue())
        && other.startsWith(one.substring(0, stem));
  }

  /** Whether a term says how much of something: "a bar of". */
  boolean isMeasure(Term term) {
    Meaning meaning = phrases.longest(Tokenizer.tokens(term.surface()), 0, Role.MEASURE);
    return meaning != null && meaning.words == term.end() - term.first();
  }

  /** Whether a character may stand behind a verb without changing it: the 掉 of 关掉. */
  boolean completes(String character) {
    return Words.isSpaceless(character) && endings.contains(character);
  }

  /** What may follow a word to make a negation of both; empty for nearly every word. */
  Set<String> negationEnds(String word) {
    return partedNegations.getOrDefault(word, Set.of());
  }

  /** Whether a whole text means yes or no in any language; null: neither. */
  @Nullable Boolean yesOrNo(String words) {
    Boolean known = yesNo.get(words);
    return known != null ? known : yesNo.get(shortened(words));
  }

  /** "siii" and "nooo" and "ouii": no word of these ends in a double letter. */
  private static String shortened(String word) {
    int end = word.length();
    while (end > 1 && word.charAt(end - 1) == word.charAt(end - 2)) {
      end--;
    }
    return word.substring(0, end);
  }

  /** What a whole answer means, such as "all"; null: nothing special. */
  @Nullable String meaning(String words) {
    return meanings.get(words);
  }

  /** Whether a word begins a comparison, and weighs even where the question says it, too. */
  boolean compares(String word) {
    return comparing.contains(word);
  }

  /** The articles that are long enough to be misspelt. */
  Set<String> articles() {
    return articles;
  }

  /** The days and months, as they are written. */
  Set<String> calendar() {
    return calendar;
  }

  /** Whether two words are forms of one by their endings, "mask" and "masks". */
  boolean areForms(String one, String other) {
    String longer = one.length() > other.length() ? one : other;
    String shorter = one.length() > other.length() ? other : one;
    return shorter.length() >= Words.MIN_LETTERS
        && longer.startsWith(shorter)
        && endings.contains(longer.substring(shorter.length()));
  }

  /** Whether a word is one of the tables, and so no misspelling. */
  boolean knows(String word) {
    return knownWords.contains(word);
  }

  private void addOwn(AnswerWords words) {
    words
        .phrases()
        .forEach(
            (role, phrasesOfRole) -> {
              if (!NO_PHRASES.contains(role)) {
                phrasesOfRole.forEach((phrase, value) -> add(phrase, role, value));
              }
            });
  }

  /** English phrases that cannot be taken for words of the language. */
  private void addEnglish(LanguageTable english) {
    Set<String> own = Set.copyOf(knownWords);
    english.polite().forEach(phrase -> addIfForeign(phrase, Role.FILLER, "", own));
    english
        .answers()
        .phrases()
        .forEach(
            (role, phrasesOfRole) -> {
              if (role != Role.YES && role != Role.NO && !OWN_ONLY.contains(role)) {
                phrasesOfRole.forEach((phrase, value) -> addIfForeign(phrase, role, value, own));
              }
            });
  }

  private void addIfForeign(String phrase, Role role, String value, Set<String> own) {
    List<Token> tokens = Tokenizer.tokens(phrase);
    if (tokens.isEmpty()) {
      return;
    }
    String first = tokens.getFirst().text();
    boolean foreign =
        tokens.size() > 1
            ? !tokens.stream().allMatch(token -> own.contains(token.text()))
            : first.length() > 1 && !own.contains(first);
    if (foreign) {
      add(tokens, role, value);
    }
  }

  private void add(String phrase, Role role, String value) {
    int gap = phrase.indexOf(GAP);
    if (gap >= 0) {
      partedNegations
          .computeIfAbsent(key(phrase.substring(0, gap)), first -> new HashSet<>())
          .add(key(phrase.substring(gap + GAP.length())));
      return;
    }
    List<Token> tokens = Tokenizer.tokens(phrase);
    if (!tokens.isEmpty()) {
      add(tokens, role, value);
    }
  }

  private void add(List<Token> tokens, Role role, String value) {
    phrases.at(tokens).add(role, value);
    if (role == Role.COMPARISON && !value.equals("~")) {
      comparing.add(tokens.getFirst().text());
    }
    tokens.forEach(token -> knownWords.add(token.text()));
    if (tokens.size() == 1 && role == Role.ARTICLE && tokens.getFirst().text().length() > 2) {
      articles.add(tokens.getFirst().text());
    }
    if (tokens.size() == 1 && (role == Role.MONTH || role == Role.WEEKDAY)) {
      calendar.add(tokens.getFirst().text());
    }
  }

  private void addMeanings(AnswerWords words) {
    words.of(Role.MEANING).forEach((phrase, meaning) -> meanings.put(key(phrase), meaning));
  }

  private void addForeignYesNo(AnswerWords words, Set<String> known) {
    words.of(Role.YES).keySet().forEach(phrase -> addForeignYesNo(phrase, true, known));
    words.of(Role.NO).keySet().forEach(phrase -> addForeignYesNo(phrase, false, known));
  }

  private void addForeignYesNo(String phrase, boolean yes, Set<String> known) {
    List<Token> tokens = Tokenizer.tokens(phrase);
    String key = key(tokens);
    if (tokens.size() == 1 && key.length() == 1 && !Words.isSpaceless(key)) {
      return; // one letter is no word of another language
    }
    yesNo.putIfAbsent(key, yes);
    if (tokens.size() > 1 || !known.contains(key)) {
      addYesNo(tokens, yes);
    }
  }

  private void addYesNo(AnswerWords words) {
    words.of(Role.YES).keySet().forEach(phrase -> addOwnYesNo(phrase, true));
    words.of(Role.NO).keySet().forEach(phrase -> addOwnYesNo(phrase, false));
  }

  private void addOwnYesNo(String phrase, boolean yes) {
    List<Token> tokens = Tokenizer.tokens(phrase);
    yesNo.put(key(tokens), yes);
    addYesNo(tokens, yes);
  }

  private void addYesNo(List<Token> tokens, boolean yes) {
    phrases.at(tokens).add(yes ? Role.YES : Role.NO, "");
    tokens.forEach(token -> knownWords.add(token.text()));
  }

  /** The words of a phrase as they are looked up. */
  static String key(String phrase) {
    return key(Tokenizer.tokens(phrase));
  }

  static String key(List<Token> tokens) {
    if (tokens.size() == 1) {
      return tokens.getFirst().text();
    }
    var key = new StringBuilder();
    for (Token token : tokens) {
      key.append(key.isEmpty() ? "" : " ").append(token.text());
    }
    return key.toString();
  }

  /** One lexicon a language, each made when first asked for. */
  private static final class Lexicons {
    private final LanguageTables tables;
    private final Map<Language, Lexicon> lexicons = new ConcurrentHashMap<>();

    Lexicons(LanguageTables tables) {
      this.tables = tables;
    }

    Lexicon of(Language language) {
      return lexicons.computeIfAbsent(language, code -> new Lexicon(tables, code));
    }
  }
}
