package co.stopcovid.adapters.languages;

import co.stopcovid.common.Language;
import co.stopcovid.drills.Dictionary;
import co.stopcovid.drills.FoldedText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import morfologik.fsa.FSA;

/**
 * A word list of LanguageTool's as a dictionary. A list is an automaton over the bytes of {@code
 * form, separator, base as a change of the form, separator, tag}; it is walked with every accent
 * that a letter can have, since learners leave accents out.
 */
final class MorfologikDictionary implements Dictionary {
  /** Where the list of a language is, what parts its fields, and the tags of comparatives. */
  private record Source(String resource, char separator, Set<String> comparatives) {}

  private static final Map<String, Source> SOURCES =
      Map.of(
          "en",
          new Source(
              "/org/languagetool/resource/en/english.dict",
              '+',
              Set.of("JJR", "JJS", "RBR", "RBS")),
          "es",
          new Source("/org/languagetool/resource/es/es-ES.dict", '_', Set.of()),
          "fr",
          new Source("/org/languagetool/resource/fr/french.dict", '_', Set.of()),
          "pt",
          new Source("/org/languagetool/resource/pt/portuguese.dict", '_', Set.of()));

  /** The letters that fold to one, in the languages above. */
  private static final Map<Character, List<String>> ACCENTED =
      Map.of(
          'a', List.of("a", "á", "à", "â", "ã", "ä"),
          'c', List.of("c", "ç"),
          'e', List.of("e", "é", "è", "ê", "ë"),
          'i', List.of("i", "í", "î", "ï"),
          'n', List.of("n", "ñ"),
          'o', List.of("o", "ó", "ô", "õ", "ö"),
          'u', List.of("u", "ú", "ù", "û", "ü"));

  private static final Map<String, Dictionary> LOADED = new ConcurrentHashMap<>();

  /** No word is longer; time stays bounded. */
  private static final int MAX_LETTERS = 40;

  private static final int MAX_BASES = 16;

  private final Supplier<FSA> list;
  private final Source source;

  private MorfologikDictionary(Source source) {
    this.source = source;
    this.list = new Once(source);
  }

  /** The dictionary of a language; none is loaded yet. */
  static Dictionary of(Language language) {
    Source source = SOURCES.get(language.code());
    return source == null
        ? Dictionary.UNKNOWN
        : LOADED.computeIfAbsent(language.code(), code -> new MorfologikDictionary(source));
  }

  @Override
  public boolean knows(String word) {
    if (word.isEmpty() || word.length() > MAX_LETTERS) {
      return false;
    }
    boolean[] found = new boolean[1];
    walk(word, true, (form, node) -> found[0] = true);
    return found[0];
  }

  @Override
  public boolean isName(String word) {
    if (!knows(word)) {
      return false;
    }
    boolean[] plain = new boolean[1];
    walk(word, false, (form, node) -> plain[0] = true);
    return !plain[0];
  }

  @Override
  public Set<String> bases(String word) {
    if (word.isEmpty() || word.length() > MAX_LETTERS) {
      return Set.of();
    }
    Set<String> bases = new HashSet<>();
    walk(word, false, (form, node) -> addBases(form, node, bases));
    return Set.copyOf(bases);
  }

  private interface Found {
    void at(byte[] form, int nodeBehindSeparator);
  }

  private void walk(String word, boolean names, Found found) {
    FSA fsa = list.get();
    step(fsa, fsa.getRootNode(), word, 0, names, new ByteArrayOutputStream(), found);
  }

  private void step(
      FSA fsa,
      int node,
      String word,
      int at,
      boolean names,
      ByteArrayOutputStream form,
      Found found) {
    if (at == word.length()) {
      int arc = fsa.getArc(node, (byte) source.separator);
      if (arc != 0 && !fsa.isArcTerminal(arc)) {
        found.at(form.toByteArray(), fsa.getEndNode(arc));
      }
      return;
    }
    char letter = word.charAt(at);
    for (String written : ACCENTED.getOrDefault(letter, List.of(String.valueOf(letter)))) {
      follow(fsa, node, word, at, names, form, found, written);
      if (names && at == 0) {
        String capital = written.toUpperCase(java.util.Locale.ROOT);
        follow(fsa, node, word, at, true, form, found, capital);
      }
    }
  }

  private void follow(
      FSA fsa,
      int start,
      String word,
      int at,
      boolean names,
      ByteArrayOutputStream form,
      Found found,
      String written) {
    byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
    int node = start;
    for (byte b : bytes) {
      int arc = fsa.getArc(node, b);
      if (arc == 0 || fsa.isArcTerminal(arc)) {
        return;
      }
      node = fsa.getEndNode(arc);
    }
    var longer = new ByteArrayOutputStream();
    longer.writeBytes(form.toByteArray());
    longer.writeBytes(bytes);
    step(fsa, node, word, at + 1, names, longer, found);
  }

  /** A base is written as how many bytes of the form to cut, from 'A', and what to put there. */
  private void addBases(byte[] form, int node, Set<String> bases) {
    for (ByteBuffer rest : list.get().getSequences(node)) {
      if (bases.size() >= MAX_BASES || !rest.hasRemaining()) {
        return;
      }
      int cut = (rest.get() - 'A') & 0xFF;
      var base = new ByteArrayOutputStream();
      base.write(form, 0, Math.max(0, form.length - cut));
      while (rest.hasRemaining()) {
        byte b = rest.get();
        if (b == (byte) source.separator) {
          break;
        }
        base.write(b);
      }
      String tag = StandardCharsets.UTF_8.decode(rest).toString();
      if (!source.comparatives.contains(tag)) {
        bases.add(FoldedText.letters(base.toString(StandardCharsets.UTF_8)));
      }
    }
  }

  /** Reads the list when it is first asked for, once. */
  private static final class Once implements Supplier<FSA> {
    private static final Map<String, FSA> LISTS = new HashMap<>();
    private final Source source;
    private volatile @org.jspecify.annotations.Nullable FSA fsa;

    Once(Source source) {
      this.source = source;
    }

    @Override
    public FSA get() {
      FSA known = fsa;
      if (known != null) {
        return known;
      }
      synchronized (LISTS) {
        FSA read = LISTS.computeIfAbsent(source.resource, Once::read);
        fsa = read;
        return read;
      }
    }

    private static FSA read(String resource) {
      try (InputStream in = MorfologikDictionary.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException("the class path lacks the word list " + resource);
        }
        return FSA.read(in);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the word list " + resource, e);
      }
    }
  }
}
