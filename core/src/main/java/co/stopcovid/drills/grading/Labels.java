package co.stopcovid.drills.grading;

import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.RomanNumerals;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which parts of a text are labels of options, and how they are marked as such. */
final class Labels {
  private Labels() {}

  /** The labels that a text takes together, as "both a and b" does; empty: it does not. */
  static Set<String> mentions(Reading text, @Nullable String own, Set<String> labels) {
    Set<String> mentioned = new HashSet<>();
    for (Term term : text.terms()) {
      if (isLabel(text, term, labels) && !of(term, labels).equals(own)) {
        mentioned.add(of(term, labels));
      } else if (!term.isWeightless()
          && !term.value().equals("both")
          && !term.value().equals("all")) {
        return Set.of();
      }
    }
    return mentioned.size() > 1 ? Set.copyOf(mentioned) : Set.of();
  }

  static boolean isLabel(Reading text, Term term, Set<String> labels) {
    boolean oneToken = term.end() == term.first() + 1;
    return oneToken
        && (term.quantity() == null || term.quantity().isBare())
        && labels.contains(of(term, labels))
        && !isPartOfWord(text, term.first());
  }

  /** "Three" is as good a label as 3, and either as iii). */
  static String of(Term term, Set<String> labels) {
    if (term.kind() != Kind.QUANTITY) {
      return term.surface();
    }
    return labels.contains("ii") ? RomanNumerals.of(term.value()) : term.value();
  }

  /** "n95", "20s", "B-12", "c'est" hold no labels. */
  static boolean isPartOfWord(Reading text, int at) {
    List<Token> tokens = text.tokens();
    Token token = tokens.get(at);
    boolean elided = token.after() == '\'' && !token.detached() && token.before() != '\'';
    Token next = at + 1 < tokens.size() ? tokens.get(at + 1) : null;
    boolean hyphened =
        next != null && next.before() == '-' && !token.detached() && token.after() == '-';
    boolean behindHyphen =
        at > 0
            && token.before() == '-'
            && tokens.get(at - 1).after() == '-'
            && !tokens.get(at - 1).detached();
    return elided
        || hyphened
        || behindHyphen
        || (token.glued() && at > 0 && !isApart(tokens.get(at - 1)))
        || (next != null && next.glued() && !isApart(next));
  }

  private static boolean isApart(Token neighbour) {
    return neighbour.kind() == Token.Kind.SIGN
        ? "%°-:".indexOf(neighbour.text()) < 0
        : FoldedText.isSpaceless(neighbour.text().codePointAt(0));
  }

  private static boolean isBracketed(Token token) {
    return switch (token.before()) {
      case '(', '[', '"', '“', '「' -> token.after() != 0;
      default -> false;
    };
  }

  /** Whether punctuation behind a letter makes a label of it: "c)", "c.", "c - ". */
  static boolean isMarked(Reading reply, Term label) {
    Token token = reply.tokens().get(label.first());
    return switch (token.after()) {
      case ')', ']', '}', ':', '!', '?', '"' -> true;
      case '.', ',', '、' -> token.detached();
      case '-', '=' -> token.detached();
      default -> isBracketed(token);
    };
  }
}
