package co.stopcovid.drills.grading;

import co.stopcovid.drills.AnswerWords.Role;
import co.stopcovid.drills.grading.Quantity.Fit;
import co.stopcovid.drills.grading.Term.Kind;
import co.stopcovid.drills.grading.Words.Likeness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a reply and one way to say an option cover each other: which of the option's words are said,
 * and what of the reply remains that is neither said by the option nor without weight.
 */
final class Cover {
  private static final int FREE = -1;

  private final Prompt prompt;
  private final Form form;
  private final List<Term> reply;

  /** For each term of the form, the term of the reply that says it. */
  private final int[] saidBy;

  /** Which terms of the reply say something of the form. */
  private final boolean[] used;

  private @Nullable Fit quantityFit;
  private boolean slipped;
  private final List<Term> left = new ArrayList<>();

  private Cover(Prompt prompt, Form form, List<Term> reply) {
    this.prompt = prompt;
    this.form = form;
    this.reply = reply;
    this.saidBy = new int[form.size()];
    this.used = new boolean[reply.size()];
    Arrays.fill(saidBy, FREE);
  }

  static Cover of(Prompt prompt, Form form, List<Term> reply) {
    var cover = new Cover(prompt, form, reply);
    cover.match(Likeness.SAME);
    cover.matchQuantities();
    cover.matchJoined();
    if (cover.isMissing()) {
      cover.match(Likeness.FORM);
      cover.match(Likeness.SLIP);
    }
    cover.collectLeft();
    return cover;
  }

  Form form() {
    return form;
  }

  /** What of the reply remains without explanation. */
  List<Term> left() {
    return left;
  }

  boolean leaves(Kind kind) {
    return left.stream().anyMatch(term -> term.kind() == kind);
  }

  /** Whether an exclusion stands before all that is said: "anything but soap". */
  boolean followsExclusion() {
    for (int i = 0; i < reply.size() && !used[i]; i++) {
      if (reply.get(i).kind() == Kind.EXCEPT && left.contains(reply.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing is left but negations. */
  boolean isDenied() {
    return !left.isEmpty()
        && left.stream().allMatch(term -> term.kind() == Kind.NOT || term.kind() == Kind.EXCEPT);
  }

  boolean isSlipped() {
    return slipped;
  }

  /** How the reply's number fits, where both have one; null: they do not meet. */
  @Nullable Fit quantityFit() {
    return quantityFit;
  }

  /** Whether any word of the form with weight of its own is said. */
  boolean touches() {
    for (int j = 0; j < saidBy.length; j++) {
      if (saidBy[j] != FREE
          && form.terms().get(j).kind() != Kind.PREPOSITION
          && !isRepeated(form.terms().get(j))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a term that no other option has is said. */
  boolean touches(Set<String> distinctive) {
    for (int j = 0; j < saidBy.length; j++) {
      Term term = form.terms().get(j);
      if (saidBy[j] != FREE && distinctive.contains(term.value())) {
        return true;
      }
    }
    return false;
  }

  /** Whether all of the form that cannot be left out is said. */
  boolean isWhole() {
    boolean any = false;
    for (int j = 0; j < saidBy.length; j++) {
      if (saidBy[j] == FREE && !isOptional(j)) {
        return false;
      }
      any |= saidBy[j] != FREE && form.terms().get(j).kind() != Kind.PREPOSITION;
    }
    return any && (touches() || saidCount() == saidBy.length);
  }

  private int saidCount() {
    int said = 0;
    for (int at : saidBy) {
      said += at == FREE ? 0 : 1;
    }
    return said;
  }

  /**
   * Whether every word that turns the form is said, and of what stands side by side all or none.
   */
  boolean isFair() {
    for (int j = 0; j < saidBy.length; j++) {
      switch (form.terms().get(j).kind()) {
        case NOT, EXCEPT, COMPARISON, BUT, UNKNOWN, CALENDAR -> {
          if (saidBy[j] == FREE) {
            return false;
          }
        }
        default -> {
          // May be left out.
        }
      }
    }
    return saysUnitsTogether();
  }

  /**
   * At least half of the words that not all options share, two thirds of Chinese characters; and
   * not a number without the other numbers.
   */
  boolean saysEnough(Set<String> shared) {
    int all = 0;
    int said = 0;
    boolean spaceless = false;
    boolean number = false;
    boolean missingNumber = false;
    for (int j = 0; j < saidBy.length; j++) {
      Term term = form.terms().get(j);
      if (!weighs(term) || isRepeated(term) || shared.contains(term.value())) {
        continue;
      }
      boolean isSaid = saidBy[j] != FREE;
      spaceless |= Words.isSpaceless(term.surface());
      number |= term.quantity() != null && isSaid;
      missingNumber |= term.quantity() != null && !isSaid;
      all++;
      said += isSaid ? 1 : 0;
    }
    boolean enough = spaceless ? 3 * said >= 2 * all : 2 * said >= all;
    return enough && !(number && missingNumber);
  }

  private static boolean weighs(Term term) {
    return switch (term.kind()) {
      case PREPOSITION, OR, YES, NO, THEN, BECAUSE -> false;
      default -> true;
    };
  }

  private boolean saysUnitsTogether() {
    boolean[] inForm = new boolean[form.partCount()];
    boolean[] said = new boolean[form.partCount()];
    for (int j = 0; j < saidBy.length; j++) {
      int unit = form.units().get(j);
      if (unit >= 0) {
        inForm[unit] = true;
        said[unit] |= saidBy[j] != FREE;
      }
    }
    boolean any = false;
    boolean all = true;
    for (int unit = 0; unit < said.length; unit++) {
      any |= said[unit];
      all &= said[unit] || !inForm[unit];
    }
    return !any || all;
  }

  /** Whether what is said comes in the form's order, or in one that its "and" allows. */
  boolean isInOrder(boolean mayTurn) {
    int last = FREE;
    boolean rising = true;
    for (int j = 0; j < saidBy.length; j++) {
      if (saidBy[j] != FREE && counts(j)) {
        rising &= saidBy[j] >= last;
        last = saidBy[j];
      }
    }
    return rising || (mayTurn && form.swappable() && partsStayTogether());
  }

  private boolean counts(int j) {
    return switch (form.terms().get(j).kind()) {
      case OR, PREPOSITION, YES, NO -> false;
      default -> true;
    };
  }

  /** Each part in its own order, and none between the words of another. */
  private boolean partsStayTogether() {
    int[] first = new int[form.partCount()];
    int[] last = new int[form.partCount()];
    Arrays.fill(first, Integer.MAX_VALUE);
    Arrays.fill(last, FREE);
    for (int j = 0; j < saidBy.length; j++) {
      if (saidBy[j] != FREE && counts(j)) {
        int part = form.parts().get(j);
        if (saidBy[j] < last[part]) {
          return false;
        }
        first[part] = Math.min(first[part], saidBy[j]);
        last[part] = saidBy[j];
      }
    }
    for (int a = 0; a < first.length; a++) {
      for (int b = 0; b < first.length; b++) {
        if (a != b && last[a] != FREE && first[a] < first[b] && last[a] > first[b]) {
          return false;
        }
      }
    }
    return true;
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
      if (k > j && typed.contentEquals(joined) && isJoinable(typed)) {
        for (int s = j; s <= k; s++) {
          saidBy[s] = i;
        }
        used[i] = true;
        return;
      }
    }
  }

  private static boolean isJoinable(String word) {
    return word.length() > Words.MIN_LETTERS
        || Words.isSpaceless(word)
        || word.chars().anyMatch(Tokenizer::isDigit);
  }

  private void collectLeft() {
    for (int i = 0; i < reply.size(); i++) {
      if (!used[i] && !isExplained(reply.get(i), i)) {
        left.add(reply.get(i));
      }
    }
    if (isEnumeration()) {
      left.removeIf(term -> term.kind() == Kind.QUANTITY);
    }
  }

  /** "1 pull 2 aim 3 squeeze": the numbers only count the parts. */
  private boolean isEnumeration() {
    int count = 0;
    for (int i = 0; i < reply.size(); i++) {
      Quantity quantity = used[i] ? null : reply.get(i).quantity();
      if (quantity != null) {
        count++;
        if (!quantity.isBare() || !quantity.numbers().equals(List.of(Integer.toString(count)))) {
          return false;
        }
      }
    }
    return count > 1 && count == form.partCount();
  }

  private boolean isExplained(Term term, int at) {
    return switch (term.kind()) {
      case WORD, CALENDAR ->
          (isRepeated(term)
                  && (!prompt.lexicon().compares(term.surface()) || repeatsPhrase(at))
                  && (!Words.isSpaceless(term.surface()) || repeatsCharacter(at)))
              || isSaidAgain(term)
              || saysAllParts(term)
              || isMisspeltUnit(term, at)
              || prompt.words().isMisspeltArticle(term);
      case PREPOSITION ->
          isRepeated(term)
              || (!exchanges() && (!isNear(term) || form.terms().stream().anyMatch(this::isNear)));
      case QUANTITY -> isQuantityRepeated(term);
      case NOT, NO -> repeatsNegation(at);
      case THEN -> form.partCount() > 1 || isRepeated(term) || isFirst(term);
      case COMPARISON -> repeatsPhrase(at) || prompt.asked().compares(term.value());
      case YES -> prompt.takesAssent();
      case OR -> form.has(Kind.OR) || (term.surface().equals("/") && form.partCount() > 1);
      case AND, ARTICLE, FILLER -> true;
      case BECAUSE -> form.has(Kind.BECAUSE) || at == 0;
      case EXCEPT, BUT, UNKNOWN, ASK -> false;
    };
  }

  /** "Both soap and water", "all three". */
  private boolean saysAllParts(Term term) {
    String meaning = prompt.lexicon().meaning(term.surface());
    return form.swappable()
        && isWhole()
        && (("both".equals(meaning) && form.partCount() == 2)
            || ("all".equals(meaning) && form.partCount() > 2));
  }

  /** "4 horaz" for "4 horas". */
  private boolean isMisspeltUnit(Term term, int at) {
    Quantity before = at == 0 ? null : reply.get(at - 1).quantity();
    if (before == null || before.unit() != null) {
      return false;
    }
    for (Term known : form.terms()) {
      if (known.quantity() != null && known.quantity().unit() != null) {
        String unit = known.surface().substring(known.surface().lastIndexOf(' ') + 1);
        return prompt.words().likeness(term.surface(), unit) == Likeness.SLIP;
      }
    }
    return false;
  }

  /** "First" beside the one thing to be done. */
  private boolean isFirst(Term term) {
    return prompt.asked().ordinals().isEmpty()
        && prompt.lexicon().ordinal(term.surface()).equals("1");
  }

  /**
   * A character of the question: with the one beside it there, or as a verb before the answer.
   * Apart from that, one character is as often a part of another word.
   */
  private boolean repeatsCharacter(int at) {
    Term term = reply.get(at);
    for (int i = at - 1; i <= at; i++) {
      boolean pair = i >= 0 && i + 1 < reply.size();
      if (pair && prompt.asked().says(reply.get(i).surface(), reply.get(i + 1).surface())) {
        return true;
      }
    }
    for (int i = 0; i < at; i++) {
      if (used[i]) {
        return false;
      }
    }
    return at + 1 < reply.size() && reply.get(at + 1).first() == term.end();
  }

  /** "before cleaning", as the question says it. */
  private boolean repeatsPhrase(int at) {
    if (at + 1 >= reply.size()) {
      return false;
    }
    String first = reply.get(at).surface();
    String next = reply.get(at + 1).surface();
    return prompt.asked().says(first, next);
  }

  /** "Near the drawer" is not "in the drawer". */
  private boolean isNear(Term term) {
    return prompt.lexicon().isNear(term.surface());
  }

  /** A preposition beside another one that the form has, and that is not said. */
  private boolean exchanges() {
    if (prompt.isList()) {
      return false;
    }
    for (int j = 0; j < saidBy.length; j++) {
      if (form.terms().get(j).kind() == Kind.PREPOSITION && saidBy[j] == FREE) {
        return true;
      }
    }
    return false;
  }

  private boolean isSaidAgain(Term term) {
    return !Words.isSpaceless(term.surface())
        && form.terms().stream()
            .anyMatch(known -> prompt.words().likeness(term, known) == Likeness.SAME);
  }

  private boolean isQuantityRepeated(Term term) {
    Quantity said = term.quantity();
    if (said == null) {
      return false;
    }
    boolean one = said.numbers().equals(List.of("1")) && said.sign().isEmpty();
    if (one && (said.unit() == null || said.unit().equals("piece")) && !form.has(Kind.QUANTITY)) {
      return true; // "one mask", 一个口罩
    }
    for (Quantity asked : prompt.asked().quantities()) {
      if (said.numbers().equals(asked.numbers())) {
        return true;
      }
    }
    for (Form other : prompt.right().forms()) {
      Quantity only = other.onlyQuantity();
      if (only != null
          && !other.equals(form)
          && other.size() == 1
          && said.fit(only, prompt.asked()) == Fit.SAME
          && prompt.right().forms().contains(form)) {
        return true;
      }
    }
    return form.terms().stream()
        .anyMatch(
            known ->
                known.quantity() != null && said.fit(known.quantity(), prompt.asked()) == Fit.SAME);
  }

  private boolean isRepeated(Term term) {
    if (prompt.asked().words().contains(term.value())) {
      return true;
    }
    if (!term.isWord() || term.surface().indexOf(' ') >= 0 || term.surface().length() < 3) {
      return false;
    }
    for (String word : prompt.asked().words()) {
      if (word.charAt(0) == term.surface().charAt(0)
          && (prompt.words().repeats(term.surface(), word) || isShort(term.surface(), word))) {
        return true;
      }
    }
    return false;
  }

  /** "temp" for the "temperature" of the question. */
  private static boolean isShort(String typed, String word) {
    return typed.length() >= Words.MIN_LETTERS && word.startsWith(typed);
  }

  /** A negation that the question has itself: "Which is not …?" */
  private boolean repeatsNegation(int at) {
    return at + 1 < reply.size()
        && reply.size() > 2
        && prompt.asked().negated().contains(reply.get(at + 1).value());
  }

  /** "the ventilation" of "increase the ventilation" may be left out, as may a preposition. */
  private boolean isOptional(int j) {
    Term term = form.terms().get(j);
    return switch (term.kind()) {
      case PREPOSITION, OR, NO, YES, THEN, BECAUSE -> true;
      case ASK -> form.size() > 1;
      case WORD -> isRepeated(term) || isCounted(j) || asks(term);
      default -> false;
    };
  }

  /** The "when" of "when they are torn", where the question has asked for it. */
  private boolean asks(Term term) {
    return form.size() > 1 && prompt.lexicon().has(term.surface(), Role.QUESTION);
  }

  /** "2" for "2 pumps": the one word beside a number that is right. */
  private boolean isCounted(int j) {
    if (form.onlyQuantity() == null || (j == 0 && form.size() > 2)) {
      return false;
    }
    int words = 0;
    boolean said = false;
    for (int k = 0; k < saidBy.length; k++) {
      Term term = form.terms().get(k);
      words += term.kind() == Kind.WORD && !isRepeated(term) ? 1 : 0;
      said |= term.kind() == Kind.QUANTITY && saidBy[k] != FREE;
    }
    return words == 1 && said;
  }
}
