package co.stopcovid.drills;

import co.stopcovid.common.Language;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The languages that the engine supports. English is always among them. */
public final class LanguageTables {
  private final Map<Language, LanguageTable> tables;
  private final Function<Language, Dictionary> dictionaries;
  private final Map<Class<?>, Object> derived = new ConcurrentHashMap<>();

  /** Takes the tables of all supported languages, none of which has a dictionary. */
  public LanguageTables(Collection<LanguageTable> tables) {
    this(tables, language -> Dictionary.UNKNOWN);
  }

  /**
   * Takes the tables of all supported languages.
   *
   * @param dictionaries the dictionary of a language, {@link Dictionary#UNKNOWN} where there is
   *     none
   * @throws IllegalArgumentException when English is missing or a language is there twice
   */
  public LanguageTables(
      Collection<LanguageTable> tables, Function<Language, Dictionary> dictionaries) {
    var byLanguage = new TreeMap<Language, LanguageTable>();
    for (LanguageTable table : tables) {
      if (byLanguage.put(table.language(), table) != null) {
        throw new IllegalArgumentException("two tables for language " + table.language());
      }
    }
    if (!byLanguage.containsKey(Language.ENGLISH)) {
      throw new IllegalArgumentException("there is no table for English (en)");
    }
    this.tables = byLanguage;
    this.dictionaries = dictionaries;
  }

  public Optional<LanguageTable> find(Language language) {
    return Optional.ofNullable(tables.get(language));
  }

  /** The dictionary of a language; what it takes is loaded when a word is first looked up. */
  public Dictionary dictionary(Language language) {
    return dictionaries.apply(language);
  }

  public LanguageTable english() {
    return find(Language.ENGLISH).orElseThrow();
  }

  /** All tables, ordered by language code. */
  public SequencedCollection<LanguageTable> all() {
    return List.copyOf(tables.values());
  }

  /**
   * Languages as they call themselves, in the words of one: {@code English, español or 中文}.
   *
   * @param languages at least one; all have a table
   */
  String listed(List<Language> languages, Language words) {
    List<String> names =
        languages.stream().map(each -> find(each).orElseThrow().ownName()).toList();
    return Listing.of(find(words).orElseGet(this::english), names);
  }

  /**
   * What someone computes from these tables alone, such as an index: computed once and kept with
   * them. It must be safe for many threads.
   */
  public <T> T derive(Class<T> type, Function<LanguageTables, T> compute) {
    Object known = derived.get(type);
    if (known == null) {
      known = derived.computeIfAbsent(type, t -> compute.apply(this));
    }
    return type.cast(known);
  }
}
