package co.stopcovid.drills.grading;

import co.stopcovid.drills.AnswerWords.Role;
import java.util.EnumMap;
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

  /** The single word's meaning; null: it has none of its own. */
  @Nullable Meaning of(String word) {
    Phrases node = next.get(word);
    return node == null ? null : node.meaning;
  }

  /** The longest phrase with a role that starts at a token; null: none does. */
  @Nullable Meaning longest(List<Token> tokens, int at, Role role) {
    Meaning longest = null;
    Phrases node = this;
    for (int i = at; i < tokens.size(); i++) {
      node = node.after(tokens.get(i));
      if (node == null) {
        break;
      }
      Meaning found = node.meaning;
      if (found != null && found.has(role)) {
        longest = found;
      }
    }
    return longest;
  }

  /** What one phrase can do in an answer. Which of it counts is decided where it stands. */
  static final class Meaning {
    final int words;
    private final EnumMap<Role, String> roles = new EnumMap<>(Role.class);

    private Meaning(int words) {
      this.words = words;
    }

    void add(Role role, String value) {
      roles.put(role, value);
    }

    boolean has(Role role) {
      return roles.containsKey(role);
    }

    /** The value that a phrase has in a role; empty where it has none. */
    String value(Role role) {
      return roles.getOrDefault(role, "");
    }
  }
}
