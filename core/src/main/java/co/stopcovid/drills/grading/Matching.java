package co.stopcovid.drills.grading;

import co.stopcovid.drills.grading.Quantity.Fit;
import co.stopcovid.drills.grading.Term.Kind;
import co.stopcovid.drills.grading.Words.Likeness;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which term of a reply says which term of a form: the nearest ones first, each at most once. */
final class Matching {
  private static final int FREE = -1;

  /** Of a word joined from two, only one so long can be read with a slip. */
  private static final int LONG_WORD = 8;

  private final Prompt prompt;
  private final Form form;
  private final List<Term> reply;

  /** For each term of the form, the term of the reply that says it. */
  private final int[] saidBy;

  /** Which terms of the reply say something of the form. */
  private final boolean[] used;

  private @Nullable Fit quantityFit;
  private boolean slipped;

  /** The ordinal of the form that a number behind its word says; negative: none. */
  private int numbered = FREE;

  private Matching(Prompt prompt, Form form, List<Term> reply) {
    this.prompt = prompt;
    this.form = form;
    this.reply = reply;
    this.saidBy = new int[form.size()];
    this.used = new boolean[reply.size()];
    Arrays.fill(saidBy, FREE);
  }

  static Matching of(Prompt prompt, Form form, List<Term> reply) {
    var matching = new Matching(prompt, form, reply);
    matching.match(Likeness.SAME);
    matching.matchQuantities();
    matching.matchOrdinals();
    matching.matchJoined();
    if (matching.isMissing()) {
      matching.match(Likeness.FORM);
      matching.match(Likeness.SLIP);
    }
    return matching;
  }

  /** Whether a term of the form is said. */
  boolean says(int j) {
    return saidBy[j] != FREE;
  }

  /** The place of what says a term of the form; negative: nothing does. */
  int at(int j) {
    return saidBy[j];
  }

  /** Whether a term of the reply says something of the form. */
  boolean uses(int i) {
    return used[i];
  }

  /** Whether a term of the form is said in a place of its own, as the 2 of "floor 2". */
  boolean isElsewhere(int j) {
    return j == numbered;
  }

  boolean isSlipped() {
    return slipped;
  }

  /** How the reply's number fits, where both have one; null: they do not meet. */
  @Nullable Fit quantityFit() {
    return quantityFit;
  }

  private boolean isMissing() {
    for (int at : saidBy) {
      if (at == FREE) {
        return true;
      }
    }
    return false;
  }

  private void match(Likeness wanted) {
    int from = 0;
    for (int j = 0; j < saidBy.length; j++) {
      if (saidBy[j] != FREE) {
        from = saidBy[j] + 1;
        continue;
      }
      int at = find(j, from, reply.size(), wanted);
      if (at < 0) {
        at = find(j, 0, from, wanted);
      }
      if (at >= 0) {
        saidBy[j] = at;
        used[at] = true;
        slipped |= wanted == Likeness.SLIP;
        from = at + 1;
      }
    }
  }

  private int find(int j, int from, int to, Likeness wanted) {
    Term term = form.terms().get(j);
    for (int i = from; i < Math.min(to, reply.size()); i++) {
      if (!used[i] && likeness(i, term, wanted)) {
        return i;
      }
    }
    return -1;
  }

  private boolean likeness(int i, Term term, Likeness wanted) {
    Term typed = reply.get(i);
    if (wanted == Likeness.SAME) {
      return prompt.words().likeness(typed, term) == Likeness.SAME
          && (form.size() > 1 || sameAlone(typed, term));
    }
    return prompt.words().likeness(typed, term) == wanted;
  }

  /** A negation that is all of an answer is no other one: "never" is not "not". */
  private static boolean sameAlone(Term typed, Term term) {
    return term.kind() != Kind.NOT || typed.surface().equals(term.surface());
  }

  private void matchQuantities() {
    for (int j = 0; j < saidBy.length; j++) {
      Quantity asked = form.terms().get(j).quantity();
      for (int i = 0; asked != null && i < reply.size(); i++) {
        Quantity said = reply.get(i).quantity();
        if (said == null || used[i]) {
          continue;
        }
        Fit fit = said.fit(asked, prompt.asked());
        if (saidBy[j] == FREE && fit == Fit.SAME) {
          saidBy[j] = i;
          used[i] = true;
        }
        quantityFit = quantityFit == null || fit.compareTo(quantityFit) < 0 ? fit : quantityFit;
      }
    }
  }

  /** "Floor 2" is "second floor", "2 floors" are not. */
  private void matchOrdinals() {
    if (reply.stream().noneMatch(term -> term.quantity() != null)) {
      return;
    }
    for (int j = 0; j < saidBy.length; j++) {
      String ordinal = saidBy[j] == FREE ? prompt.lexicon().ordinal(form.terms().get(j)) : "";
      for (int i = 1; i < reply.size() && !ordinal.isEmpty() && saidBy[j] == FREE; i++) {
        Quantity number = used[i] ? null : reply.get(i).quantity();
        if (number != null
            && used[i - 1]
            && number.isBare()
            && number.numbers().equals(List.of(ordinal))) {
          saidBy[j] = i;
          used[i] = true;
          numbered = j;
        }
      }
    }
  }

  /** "hand washing" is "handwashing", "B-12" is "B12". */
  private void matchJoined() {
    for (int j = 0; j < saidBy.length; j++) {
      for (int i = 0; i < reply.size() && saidBy[j] == FREE; i++) {
        joinReply(j, i);
        if (saidBy[j] == FREE) {
          joinForm(j, i);
        }
      }
    }
  }

  private void joinReply(int j, int i) {
    String wanted = form.terms().get(j).surface();
    if (!form.terms().get(j).isWord() || wanted.length() < 2) {
      return;
    }
    var joined = new StringBuilder();
    for (int k = i; k < Math.min(reply.size(), i + 3) && !used[k]; k++) {
      joined.append(reply.get(k).surface().replace(" ", ""));
      if (k > i && wanted.contentEquals(joined) && isJoinable(wanted)) {
        for (int u = i; u <= k; u++) {
          used[u] = true;
        }
        saidBy[j] = i;
        return;
      }
    }
  }

  private void joinForm(int j, int i) {
    String typed = reply.get(i).surface();
    if (used[i] || (reply.get(i).kind() != Kind.WORD && reply.get(i).kind() != Kind.QUANTITY)) {
      return;
    }
    var joined = new StringBuilder();
    for (int k = j; k < Math.min(saidBy.length, j + 3) && saidBy[k] == FREE; k++) {
      joined.append(form.terms().get(k).surface().replace(" ", ""));
      if (k > j && isJoinable(typed) && isJoined(typed, joined.toString())) {
        for (int s = j; s <= k; s++) {
          saidBy[s] = i;
        }
        used[i] = true;
        return;
      }
    }
  }

  private boolean isJoined(String typed, String joined) {
    boolean same = typed.equals(joined);
    boolean slip = !same && typed.length() >= LONG_WORD;
    return same || (slip && prompt.words().likeness(typed, joined) == Likeness.SLIP);
  }

  private static boolean isJoinable(String word) {
    return word.length() > Words.MIN_LETTERS
        || Words.isSpaceless(word)
        || word.chars().anyMatch(Tokenizer::isDigit);
  }
}
