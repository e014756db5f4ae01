package co.stopcovid.drills;

import co.stopcovid.common.Language;
import co.stopcovid.drills.AnswerWords.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which language a learner asked for: by its code ("ES"), by its name in any supported language
 * ("español", "Spanish", "西班牙语"), or by the letter or number it has in the menu they were shown.
 */
public final class LanguageChoice {
  private static final int MAX_REPLY = 200;
  private static final int MAX_NAME_WORDS = 3;
  private static final int MIN_LETTERS_FOR_TYPO = 5;
  private static final int MIN_LETTERS_OF_SHORTENED = 3;
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\p{IsLatin}\\d])\\d{1,2}(?![\\p{IsLatin}\\d])");

  private final Index index;

  /** Cheap: what it knows of the tables is computed once for all. */
  public LanguageChoice(LanguageTables tables) {
    index = tables.derive(Index.class, Index::of);
  }

  /**
   * The language that a reply names.
   *
   * @param menuText the prompt that was answered, which may list languages
   * @return empty when it names none that is supported, or more than one
   */
  public Optional<Language> recognise(String reply, String menuText) {
    if (reply.length() > MAX_REPLY) {
      return Optional.empty();
    }
    String words = FoldedText.words(reply);
    if (index.isNegated(words)) {
      return Optional.empty();
    }
    Set<Language> named = named(words);
    if (named.isEmpty()) {
      named = byCode(index.withoutPolite(words));
    }
    if (named.isEmpty()) {
      named = fromMenu(words, menuText);
    } else {
      named.addAll(fromNumber(words, menuText));
    }
    if (named.isEmpty()) {
      named = shortened(index.withoutWeightless(words));
    }
    if (named.isEmpty()) {
      named = misspelt(words);
    }
    return named.size() == 1 ? Optional.of(named.iterator().next()) : Optional.empty();
  }

  /** "1 Español": the number beside a name counts too, and may speak against it. */
  private Set<Language> fromNumber(String words, String menuText) {
    Matcher number = NUMBER.matcher(words);
    return number.find() ? fromMenu(number.group(), menuText) : Set.of();
  }

  /**
   * "esp", "portu": the beginning of names of one language alone that is no word of another kind,
   * or the language's code of three letters.
   */
  private Set<Language> shortened(String word) {
    Set<Language> found = new HashSet<>();
    if (word.length() < MIN_LETTERS_OF_SHORTENED) {
      return found;
    }
    index
        .names()
        .forEach(
            (name, language) -> {
              if (name.startsWith(word)) {
                found.add(language);
              }
            });
    boolean known = index.abbreviations().contains(word) || !index.isWord(word);
    return known ? found : Set.of();
  }

  /** All languages whose names are in the text. */
  private Set<Language> named(String words) {
    Set<Language> found = new HashSet<>();
    List<String> split = List.of(words.split(" ", -1));
    for (int from = 0; from < split.size(); from++) {
      for (int to = from + 1; to <= Math.min(split.size(), from + MAX_NAME_WORDS); to++) {
        Language language = index.names().get(String.join(" ", split.subList(from, to)));
        if (language != null) {
          found.add(language);
        }
      }
    }
    index
        .names()
        .forEach(
            (name, language) -> {
              if (FoldedText.isSpaceless(name.codePointAt(0)) && words.contains(name)) {
                found.add(language);
              }
            });
    return found;
  }

  /** {@code es}, or with a region {@code es MX}. */
  private Set<Language> byCode(String words) {
    Set<Language> found = new HashSet<>();
    String[] split = words.split(" ", -1);
    if (split.length > 2) {
      return found;
    }
    for (String word : split) {
      if (word.length() != 2 && word.length() != 3) {
        return Set.of();
      }
      index.languages().stream()
          .filter(language -> language.code().equals(word))
          .forEach(found::add);
    }
    return found;
  }

  private Set<Language> fromMenu(String words, String menuText) {
    Set<Language> found = new HashSet<>();
    String label = index.withoutWeightless(words);
    if (label.isEmpty() || label.length() > 2) {
      return found;
    }
    for (Choice choice : Choice.listedIn(menuText)) {
      if (choice.label().equals(label)) {
        found.addAll(inLine(FoldedText.words(choice.text())));
      }
    }
    return found.isEmpty() ? fromSentence(label, menuText) : found;
  }

  private Set<Language> inLine(String words) {
    Set<Language> named = named(words);
    return named.isEmpty() ? byCode(words) : named;
  }

  /** "Reply 1 for English, 2 para Español": the name right behind the label. */
  private Set<Language> fromSentence(String label, String menuText) {
    List<String> split = List.of(FoldedText.words(menuText).split(" ", -1));
    Set<Language> found = new HashSet<>();
    for (int i = 0; i + 1 < split.size(); i++) {
      if (split.get(i).equals(label)) {
        for (int j = i + 1; j < Math.min(split.size(), i + 3) && split.get(j).length() > 2; j++) {
          Language language = index.names().get(split.get(j));
          if (language != null) {
            found.add(language);
          }
        }
      }
    }
    return found;
  }

  private Set<Language> misspelt(String words) {
    Set<Language> found = new HashSet<>();
    for (String word : words.split(" ", -1)) {
      index
          .names()
          .forEach(
              (name, language) -> {
                if (name.length() >= MIN_LETTERS_FOR_TYPO
                    && EditDistance.within(word, name, name.length() / 4)
                    && !index.isWord(word)) {
                  found.add(language);
                }
              });
    }
    return found;
  }

  /** The names of all languages in all languages, and the words that turn a name down. */
  private record Index(
      Set<Language> languages,
      Map<String, Language> names,
      Set<String> negations,
      Set<String> spacelessNegations,
      Set<String> weightless,
      Set<String> polite,
      Set<String> abbreviations,
      List<Dictionary> dictionaries) {
    static Index of(LanguageTables tables) {
      var index =
          new Index(
              new HashSet<>(),
              new HashMap<>(),
              new HashSet<>(),
              new HashSet<>(),
              new HashSet<>(),
              new HashSet<>(),
              new HashSet<>(),
              new ArrayList<>());
      for (LanguageTable table : tables.all()) {
        index.languages.add(table.language());
        table.names().forEach(name -> index.names.put(FoldedText.words(name), table.language()));
        index.addWeightless(table.answers().of(Role.ARTICLE).keySet());
        index.addWeightless(table.answers().of(Role.FILLER).keySet());
        index.addWeightless(table.polite());
        table.polite().forEach(phrase -> index.polite.addAll(wordsOf(phrase)));
        index.addAbbreviations(table);
        index.dictionaries.add(tables.dictionary(table.language()));
        for (String negation : table.answers().of(Role.NEGATION).keySet()) {
          String words = FoldedText.words(negation);
          (FoldedText.isSpaceless(words.codePointAt(0))
                  ? index.spacelessNegations
                  : index.negations)
              .add(words);
        }
      }
      return index;
    }

    private void addWeightless(Collection<String> phrases) {
      phrases.forEach(phrase -> weightless.addAll(wordsOf(phrase)));
    }

    /** Its code of three letters, and the first three of what it calls itself. */
    private void addAbbreviations(LanguageTable table) {
      abbreviations.add(Locale.of(table.language().code()).getISO3Language());
      String own = FoldedText.words(table.ownName());
      abbreviations.add(own.substring(0, Math.min(own.length(), MIN_LETTERS_OF_SHORTENED)));
    }

    private static List<String> wordsOf(String phrase) {
      return List.of(FoldedText.words(phrase).split(" ", -1));
    }

    /** Whether it is a word in a language; one without a dictionary is not asked. */
    boolean isWord(String word) {
      return dictionaries.stream()
          .filter(dictionary -> !dictionary.equals(Dictionary.UNKNOWN))
          .anyMatch(dictionary -> dictionary.knows(word));
    }

    String withoutPolite(String words) {
      return String.join(
          " ", wordsOf(words).stream().filter(word -> !polite.contains(word)).toList());
    }

    /** The one word of a text that is more than an article, a filler or polite; else empty. */
    String withoutWeightless(String words) {
      if (words.indexOf(' ') < 0) {
        return words;
      }
      String weighty = "";
      for (String word : words.split(" ", -1)) {
        if (!weightless.contains(word)) {
          if (!weighty.isEmpty()) {
            return "";
          }
          weighty = word;
        }
      }
      return weighty;
    }

    boolean isNegated(String words) {
      for (String word : words.split(" ", -1)) {
        if (negations.contains(word)) {
          return true;
        }
      }
      return spacelessNegations.stream().anyMatch(words::contains);
    }
  }
}
