package co.stopcovid.drills.grading;

import co.stopcovid.drills.AnswerWords.Role;
import java.util.List;

/** What telephones and people put below or behind an answer: "Sent from my phone", "-Ann". */
final class Signature {
  private static final int MAX_WORDS = 3;
  private static final int MAX_LINE = 5;
  private static final int MAX_LINES = 20;

  /** Below an answer, too, these may turn it. */
  private static final List<Role> TURNING =
      List.of(
          Role.NEGATION, Role.EXCLUSION, Role.CONTRAST, Role.ALTERNATIVE, Role.QUESTION, Role.NO);

  private Signature() {}

  /** A reply without its signature; unchanged when it has none. */
  static String cut(Lexicon lexicon, String reply) {
    int at = reply.indexOf('\n');
    for (int lines = 0; at >= 0 && lines < MAX_LINES; lines++) {
      if (at > 0 && isSignature(lexicon, reply.substring(at + 1))) {
        return reply.substring(0, at);
      }
      at = reply.indexOf('\n', at + 1);
    }
    int dash = lastDash(reply);
    return dash > 0 && isName(lexicon, reply.substring(dash + 1))
        ? reply.substring(0, dash)
        : reply;
  }

  private static boolean isSignature(Lexicon lexicon, String text) {
    List<Token> tokens = Tokenizer.tokens(text);
    if (tokens.isEmpty()) {
      return false;
    }
    boolean rule = text.stripLeading().startsWith("--");
    if (rule || lexicon.phrases().longest(tokens, 0, Role.SIGNATURE) != null) {
      return true;
    }
    boolean letter = tokens.getFirst().text().length() < 2;
    if (tokens.size() <= MAX_LINE && !letter && isName(lexicon, tokens.getFirst().text())) {
      return tokens.stream().noneMatch(token -> turns(lexicon, token));
    }
    String stripped = text.strip();
    return lastDash(" " + stripped) == 1 && isName(lexicon, stripped.substring(1));
  }

  private static boolean turns(Lexicon lexicon, Token token) {
    return TURNING.stream().anyMatch(role -> lexicon.has(token.text(), role));
  }

  private static int lastDash(String text) {
    for (int i = text.length() - 2; i > 0; i--) {
      char c = text.charAt(i);
      if ((c == '-' || c == '–' || c == '—' || c == '~')
          && Character.isWhitespace(text.charAt(i - 1))) {
        return i;
      }
    }
    return -1;
  }

  /** A word or two that mean nothing to the grader. */
  private static boolean isName(Lexicon lexicon, String text) {
    List<Token> tokens = Tokenizer.tokens(text);
    return !tokens.isEmpty()
        && tokens.size() < MAX_WORDS
        && tokens.stream()
            .allMatch(
                token ->
                    token.kind() == Token.Kind.WORD
                        && token.text().length() > 1
                        && !lexicon.knows(token.text())
                        && lexicon.dictionary().bases(token.text()).isEmpty());
  }
}
