package co.stopcovid.drills.grading;

import co.stopcovid.common.Language;
import co.stopcovid.drills.EditDistance;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.grading.Phrases.Meaning;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The words of one language, prepared for reading answers. English words are understood too where
 * the language has no such word of its own; yes and no are understood in every language.
 */
final class Lexicon {
  private static final String GAP = "…";
  private static final int MIN_NEGATION_LETTERS = 5;

  private final Phrases phrases = new Phrases();

  /** The first word of a negation in two parts, such as "ne … pas", and what may be its second. */
  private final Map<String, Set<String>> partedNegations = new HashMap<>();

  private final Map<String, Boolean> wholeYesNo = new HashMap<>();
  private final Map<String, Boolean> wordYesNo = new HashMap<>();
  private final Map<String, String> meanings = new HashMap<>();
  private final Set<String> knownWords = new HashSet<>();
  private final Set<String> longNegations = new HashSet<>();
  private final Set<String> endings;
  private final Set<String> longArticles = new HashSet<>();

  private Lexicon(LanguageTables tables, Language language) {
    LanguageTable english = tables.english();
    LanguageTable own = tables.find(language).orElse(english);
    endings = own.endings();
    addWords(own, meaning -> true);
    if (!own.language().equals(english.language())) {
      addForeign(english);
    }
    tables.all().stream()
        .filter(table -> !table.language().equals(own.language()))
        .forEach(this::addForeignYesNo);
    addYesNo(own.yes(), true, true);
    addYesNo(own.no(), false, true);
    addMeanings(english);
    addMeanings(own);
  }

  /** The lexicon of a language, made once for these tables. */
  static Lexicon of(LanguageTables tables, Language language) {
    return tables.derive(Lexicons.class, Lexicons::new).of(language);
  }

  Phrases phrases() {
    return phrases;
  }

  /** What may follow a word to make a negation of both; empty for nearly every word. */
  Set<String> negationEnds(String word) {
    return partedNegations.getOrDefault(word, Set.of());
  }

  /** Whether a whole text means yes or no in any language; null: neither. */
  @Nullable Boolean yesOrNo(String words) {
    return wholeYesNo.get(words);
  }

  /** Whether a word inside a longer text means yes or no; null: neither. */
  @Nullable Boolean yesOrNoWord(String word) {
    return wordYesNo.get(word);
  }

  /** Whether two words are forms of one, "mask" and "masks". */
  boolean areForms(String one, String other) {
    String longer = one.length() > other.length() ? one : other;
    String shorter = one.length() > other.length() ? other : one;
    return shorter.length() >= Spelling.MIN_LETTERS
        && longer.startsWith(shorter)
        && endings.contains(longer.substring(shorter.length()));
  }

  /** Whether a word is near one without weight, as "yuor" is near "your". */
  boolean isMisspeltArticle(String word) {
    if (word.length() < Spelling.MIN_LETTERS || knows(word)) {
      return false;
    }
    for (String article : longArticles) {
      if (EditDistance.within(word, article, 1)) {
        return true;
      }
    }
    return false;
  }

  /** The comparisons in a text, whether they stand at a number or not. */
  Set<String> comparisonsIn(List<Token> tokens) {
    Set<String> signs = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      Phrases node = phrases;
      for (int j = i; j < tokens.size() && node != null; j++) {
        node = node.after(tokens.get(j));
        Meaning meaning = node == null ? null : node.meaning();
        if (meaning != null && meaning.comparison != null) {
          signs.add(meaning.comparison);
        }
      }
    }
    return Set.copyOf(signs);
  }

  /** What a whole answer means, such as "all"; null: nothing special. */
  @Nullable String meaning(String words) {
    return meanings.get(words);
  }

  /** Whether a word is one of the language, as far as the tables go, and so no misspelling. */
  boolean knows(String word) {
    return knownWords.contains(word);
  }

  /** Whether a word that is none of the language is near a long negation of it. */
  boolean isMisspeltNegation(String word) {
    if (word.length() < MIN_NEGATION_LETTERS - 1 || knows(word)) {
      return false;
    }
    for (String negation : longNegations) {
      if (EditDistance.within(word, negation, 1)) {
        return true;
      }
    }
    return false;
  }

  private void addWords(LanguageTable table, Predicate<List<Token>> wanted) {
    add(table.articles(), wanted, meaning -> meaning.article = true);
    table.articles().stream()
        .map(Lexicon::key)
        .filter(word -> word.length() >= Spelling.MIN_LETTERS && word.indexOf(' ') < 0)
        .forEach(longArticles::add);
    add(table.polite(), wanted, meaning -> meaning.filler = true);
    add(table.fillers(), wanted, meaning -> meaning.filler = true);
    add(table.alternatives(), wanted, meaning -> meaning.or = true);
    addNegations(table.negations(), wanted);
    table.comparisons().forEach((k, v) -> add(List.of(k), wanted, m -> m.comparison = v));
    table.numbers().forEach((k, v) -> add(List.of(k), wanted, m -> m.number = v));
    table.units().forEach((k, v) -> add(List.of(k), wanted, m -> m.unit = v));
    table
        .meanings()
        .forEach(
            (k, v) -> {
              if (v.equals("unknown")) {
                add(List.of(k), wanted, m -> m.unknown = true);
              }
            });
    if (wanted.test(List.of())) {
      add(table.conjunctions(), wanted, meaning -> meaning.and = true);
      add(table.prepositions(), wanted, meaning -> meaning.preposition = true);
      add(table.distinct(), wanted, meaning -> meaning.distinct = true);
    }
  }

  /** Words that can be confused with one of the language's own are left out. */
  private void addForeign(LanguageTable english) {
    Set<String> own = Set.copyOf(knownWords);
    addWords(
        english,
        phrase ->
            !phrase.isEmpty()
                && (phrase.size() > 1
                    ? phrases.after(phrase.getFirst()) == null || !isKnown(phrase, own)
                    : phrase.getFirst().text().length() > 1
                        && !own.contains(phrase.getFirst().text())));
  }

  private static boolean isKnown(List<Token> phrase, Set<String> own) {
    return phrase.stream().allMatch(token -> own.contains(token.text()));
  }

  private void add(
      Collection<String> list, Predicate<List<Token>> wanted, Consumer<Meaning> change) {
    for (String phrase : list) {
      List<Token> tokens = Tokenizer.tokens(phrase);
      if (!tokens.isEmpty() && wanted.test(tokens)) {
        change.accept(phrases.at(tokens));
        tokens.forEach(token -> knownWords.add(token.text()));
      }
    }
  }

  private void addNegations(List<String> negations, Predicate<List<Token>> wanted) {
    for (String negation : negations) {
      int gap = negation.indexOf(GAP);
      if (gap < 0) {
        add(List.of(negation), wanted, meaning -> meaning.not = true);
        String key = key(negation);
        if (key.length() >= MIN_NEGATION_LETTERS && key.indexOf(' ') < 0) {
          longNegations.add(key);
        }
      } else {
        partedNegations
            .computeIfAbsent(key(negation.substring(0, gap)), first -> new HashSet<>())
            .add(key(negation.substring(gap + GAP.length())));
      }
    }
  }

  private void addMeanings(LanguageTable table) {
    table
        .meanings()
        .forEach(
            (phrase, meaning) -> {
              meanings.put(key(phrase), meaning);
              Tokenizer.tokens(phrase).forEach(token -> knownWords.add(token.text()));
            });
  }

  private void addForeignYesNo(LanguageTable table) {
    addYesNo(table.yes(), true, false);
    addYesNo(table.no(), false, false);
  }

  private void addYesNo(Set<String> words, boolean yes, boolean own) {
    for (String word : words) {
      String key = key(word);
      if (own) {
        wholeYesNo.put(key, yes);
      } else {
        wholeYesNo.putIfAbsent(key, yes);
      }
      if (isClearWord(key, own)) {
        wordYesNo.put(key, yes);
        knownWords.add(key);
      }
    }
  }

  /** One word that does nothing else in the language but deny. */
  private boolean isClearWord(String word, boolean own) {
    if (word.indexOf(' ') >= 0 || word.length() == 1) {
      return false;
    }
    Meaning meaning = phrases.of(word);
    return meaning == null
        ? own || !knownWords.contains(word)
        : !meaning.filler && !meaning.article && !meaning.preposition && !meaning.or;
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
