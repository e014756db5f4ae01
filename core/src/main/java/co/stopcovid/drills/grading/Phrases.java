package co.stopcovid.drills.grading;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words and phrases of a language and what each does in an answer: a tree, one word a step. */
final class Phrases {
  private final Map<String, Phrases> next = new HashMap<>();
  private @Nullable Meaning meaning;

  /** What the phrase of these tokens does, to be added to; its path is made where it is missing. */
  Meaning at(List<Token> phrase) {
    Phrases node = this;
    for (Token token : phrase) {
      node = node.next.computeIfAbsent(token.text(), word -> new Phrases());
    }
    if (node.meaning == null) {
      node.meaning = new Meaning(phrase.size());
    }
    return node.meaning;
  }

  /** The phrases one word longer; null: there are none. */
  @Nullable Phrases after(Token token) {
    return next.get(token.text());
  }

  @Nullable Meaning meaning() {
    return meaning;
  }

  /** Whether a word starts a phrase. */
  boolean startsWith(String word) {
    return next.containsKey(word);
  }

  /** The single word's meaning; null: it has none of its own. */
  @Nullable Meaning of(String word) {
    Phrases node = next.get(word);
    return node == null ? null : node.meaning;
  }

  /** What one phrase can do in an answer. Which of it counts is decided where it stands. */
  static final class Meaning {
    final int words;
    boolean filler;
    boolean article;
    boolean preposition;
    boolean and;
    boolean or;
    boolean not;
    boolean unknown;
    boolean distinct;
    @Nullable String comparison;
    @Nullable String number;
    @Nullable String unit;

    private Meaning(int words) {
      this.words = words;
    }
  }
}
