package co.stopcovid.drills.grading;

import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides replies that name a choice by its label: "c", "C.", "(c)", "c) anything", "the answer is
 * c". A letter that is also a word of the language ("a") counts only where nothing else makes
 * sense.
 */
final class LabelRule {
  private final Prompt prompt;
  private final Reading reply;
  private final List<Term> labels = new ArrayList<>();
  private final List<Term> others = new ArrayList<>();
  private boolean negated;
  private boolean open;
  private boolean unsure;

  private LabelRule(Prompt prompt, Reading reply) {
    this.prompt = prompt;
    this.reply = reply;
    for (Term term : reply.terms()) {
      if (isLabel(reply, term, prompt.labels())) {
        labels.add(term);
      } else {
        switch (term.kind()) {
          case NOT, NO -> negated = true;
          case OR -> open = true;
          case UNKNOWN -> unsure = true;
          case WORD, NUMBER, UNIT, COMPARISON, PREPOSITION -> others.add(term);
          case AND, ARTICLE, FILLER -> {
            // Without weight.
          }
        }
      }
    }
    if (labels.isEmpty() && others.isEmpty()) {
      addSwallowedLabel();
    }
  }

  /** Null: the reply does not go by a label. */
  static @Nullable Verdict decide(Prompt prompt, Reading reply) {
    if (prompt.labels().isEmpty()) {
      return null;
    }
    var rule = new LabelRule(prompt, reply);
    if (rule.labels.isEmpty()) {
      return null;
    }
    Term first = rule.labels.getFirst();
    boolean marked = rule.isBeforeEverything(first) && rule.isMarked(first);
    if (marked && rule.isFollowedByItsText(first)) {
      return byLabel(prompt, label(first));
    }
    if (rule.others.isEmpty() && !rule.isFollowedByDenial(first)) {
      return rule.labelsAlone();
    }
    if (marked) {
      return rule.markedLabel(first);
    }
    boolean bare = rule.isBeforeEverything(first) && !rule.isWord(first);
    return bare || rule.matcher(reply.terms()).equal().isEmpty() ? rule.labelAndText(first) : null;
  }

  /** The verdict on one label. */
  static Verdict byLabel(Prompt prompt, String label) {
    Option named = prompt.labelled(label);
    String right = prompt.right().label();
    if (label.equals(right)) {
      return Verdict.right("is the right label " + label + ")", label);
    }
    if (named == null) {
      return Verdict.wrong("names label " + label + "), the answer is " + right + ")");
    }
    return Verdict.wrong(
        "names option " + label + "), the answer is " + (right == null ? "none" : right + ")"),
        label);
  }

  /** The labels that a text takes together, as "both a and b" does; empty: it does not. */
  static Set<String> mentions(Reading text, @Nullable String own, Set<String> labels) {
    Set<String> mentioned = new HashSet<>();
    for (Term term : text.terms()) {
      if (isLabel(text, term, labels) && !label(term).equals(own)) {
        mentioned.add(label(term));
      } else if (!term.isWeightless()
          && !term.value().equals("both")
          && !term.value().equals("all")) {
        return Set.of();
      }
    }
    return mentioned.size() > 1 ? Set.copyOf(mentioned) : Set.of();
  }

  /** Nothing else of weight is said. */
  private Verdict labelsAlone() {
    Set<String> named = distinct(labels);
    if (unsure) {
      return Verdict.wrong("says that the answer is not known");
    }
    if (negated) {
      return Verdict.wrong("negates label " + String.join(", ", named));
    }
    if (named.size() > 1) {
      for (Option option : prompt.options()) {
        if (!open && option.mentions().equals(named)) {
          return byLabel(prompt, String.valueOf(option.label()));
        }
      }
      return twoLabels(named);
    }
    if (open) {
      return Verdict.wrong(
          "leaves it open between label " + named.iterator().next() + " and others");
    }
    return byLabel(prompt, named.iterator().next());
  }

  private static Verdict twoLabels(Set<String> named) {
    return Verdict.wrong("names several labels: " + String.join(", ", named));
  }

  private @Nullable Verdict labelAndText(Term first) {
    if (isBeforeEverything(first)) {
      return bareLabel(first);
    }
    Term last = labels.getLast();
    if (last.first() == reply.terms().getLast().first()) {
      return labelAtEnd(last);
    }
    return labelWithin();
  }

  private boolean isFollowedByItsText(Term label) {
    Option option = prompt.labelled(label(label));
    List<Term> text = termsAfter(label);
    return option != null && !text.isEmpty() && matcher(text).named().contains(option);
  }

  private boolean isBeforeEverything(Term label) {
    for (Term term : reply.terms()) {
      if (term.first() == label.first()) {
        return true;
      }
      if (!term.isWeightless()) {
        return false;
      }
    }
    return false;
  }

  /** "c) anything": the label alone decides, when it is the only one. */
  private Verdict markedLabel(Term label) {
    Set<String> named = new TreeSet<>(Set.of(label(label)));
    for (Term other : labels) {
      if (other.first() != label.first() && (isMarked(other) || isPointed(other))) {
        named.add(label(other));
      }
    }
    return named.size() > 1 ? twoLabels(named) : byLabel(prompt, label(label));
  }

  /**
   * "c 20 seconds": the text has to agree where the letter may be a word, and never to disagree.
   */
  private @Nullable Verdict bareLabel(Term label) {
    List<Option> named = matcher(termsAfter(label)).named();
    Option own = prompt.labelled(label(label));
    if (own != null && named.equals(List.of(own))) {
      return byLabel(prompt, label(label));
    }
    if (own != null && isWithin(termsAfter(label), own)) {
      return byLabel(prompt, label(label));
    }
    if (isWord(label)) {
      return negated && others.isEmpty() ? labelsAlone() : null;
    }
    if (!named.isEmpty() && prompt.isList()) {
      return Verdict.wrong(
          "names label " + label(label) + " and another " + named.getFirst().name());
    }
    Set<String> values = distinct(labels);
    if (values.size() > 1) {
      return twoLabels(values);
    }
    return negated || open || unsure
        ? Verdict.wrong("takes back label " + label(label) + " or leaves it open")
        : null;
  }

  /** "B. No" and "c not sure": what follows the label is a no and no more. */
  private boolean isFollowedByDenial(Term label) {
    return (negated || unsure)
        && isBeforeEverything(label)
        && labels.size() == 1
        && label.first() < reply.terms().getLast().first();
  }

  /** Whether all words are words of the option: "c wash soap" for "c) wash with soap". */
  private static boolean isWithin(List<Term> words, Option option) {
    List<Term> known = option.main().full().terms();
    boolean any = false;
    for (Term word : words) {
      if (!word.isWeightless()) {
        any = true;
        if (known.stream().noneMatch(term -> term.same(word, false))) {
          return false;
        }
      }
    }
    return any;
  }

  /** "20 seconds (c)": the text has to agree, unless brackets or a colon set the label off. */
  private @Nullable Verdict labelAtEnd(Term label) {
    List<Term> head = reply.terms().subList(0, reply.terms().size() - 1);
    List<Option> named = matcher(head).named();
    Option own = prompt.labelled(label(label));
    if (own != null && named.equals(List.of(own)) && distinct(labels).size() == 1) {
      return byLabel(prompt, label(label));
    }
    if (!isSetOff(label) && (isWord(label) || named.isEmpty())) {
      return labels.size() > 1 && distinct(labels).size() > 1 && isMarked(labels.getFirst())
          ? twoLabels(distinct(labels))
          : null;
    }
    if (!named.isEmpty() && prompt.isList()) {
      return Verdict.wrong(
          "names label " + label(label) + " and another " + named.getFirst().name());
    }
    return labelWithin();
  }

  /** One label set off by a bracket within other words: "the best one is c) I hope". */
  private @Nullable Verdict labelWithin() {
    List<Term> setOff = labels.stream().filter(this::isSetOff).toList();
    Set<String> named = distinct(setOff);
    if (named.isEmpty() || negated || unsure || open) {
      return named.size() > 1 ? twoLabels(named) : null;
    }
    return named.size() > 1 ? twoLabels(named) : byLabel(prompt, named.iterator().next());
  }

  private OptionMatcher matcher(List<Term> terms) {
    return new OptionMatcher(prompt, prompt.wording(new Reading(reply.tokens(), terms)));
  }

  private List<Term> termsAfter(Term label) {
    return reply.terms().stream().filter(term -> term.first() > label.first()).toList();
  }

  /** Whether punctuation behind a letter makes a label of it: "c)", "c.", "c - ". */
  private boolean isMarked(Term label) {
    Token token = reply.tokens().get(label.first());
    return switch (token.after()) {
      case ')', ']', '}', ':', '!', '?', '"' -> true;
      case '.', ',', '、' -> token.detached() || !isFollowedByLetter(label);
      case '-', '–', '—', '=' -> token.detached() || isFollowedByNumber(label);
      default -> isBracketed(token);
    };
  }

  private boolean isSetOff(Term label) {
    Token token = reply.tokens().get(label.first());
    return token.after() == ')' || isBracketed(token) || token.before() == ':';
  }

  private static boolean isBracketed(Token token) {
    return switch (token.before()) {
      case '(', '[', '"', '“', '「' -> token.after() != 0;
      default -> false;
    };
  }

  private boolean isFollowedByLetter(Term label) {
    int next = label.first() + 1;
    return next < reply.tokens().size() && reply.tokens().get(next).isSingleLetter();
  }

  private boolean isFollowedByNumber(Term label) {
    int next = label.first() + 1;
    return next < reply.tokens().size() && reply.tokens().get(next).isNumber();
  }

  /**
   * Whether a later letter is meant as another label: it ends the reply, or joins one to another.
   */
  private boolean isPointed(Term label) {
    int index = reply.terms().indexOf(label);
    boolean last = index == reply.terms().size() - 1;
    Kind before = reply.terms().get(index - 1).kind();
    return last || before == Kind.OR || before == Kind.AND;
  }

  /** A letter that does something else in the language, or a number, which may be the answer. */
  private boolean isWord(Term label) {
    if (label.kind() == Kind.NUMBER) {
      return true;
    }
    Phrases.Meaning meaning = prompt.lexicon().phrases().of(label(label));
    if (meaning == null || meaning.unit != null) {
      return false;
    }
    // An article does not stand before a number, "a" as in "a 2 metros" does.
    return !(meaning.article && meaning.comparison == null && isFollowedByNumber(label));
  }

  private static Set<String> distinct(List<Term> labels) {
    Set<String> values = new TreeSet<>();
    labels.forEach(label -> values.add(label(label)));
    return values;
  }

  /** "É a" is a filler before another letter, and holds the label where there is no other. */
  private void addSwallowedLabel() {
    if (reply.terms().isEmpty() || reply.tokens().isEmpty()) {
      return;
    }
    int last = reply.tokens().size() - 1;
    String text = reply.tokens().get(last).text();
    if (prompt.labels().contains(text) && !isPartOfWord(reply, last)) {
      labels.add(new Term(Kind.WORD, text, text, last, false));
    }
  }

  private static boolean isLabel(Reading text, Term term, Set<String> labels) {
    boolean oneToken = term.surface().equals(text.tokens().get(term.first()).text());
    return oneToken && labels.contains(label(term)) && !isPartOfWord(text, term.first());
  }

  /** "Three" is as good a label as 3. */
  private static String label(Term term) {
    return term.kind() == Kind.NUMBER ? term.value() : term.surface();
  }

  /** "n95", "20s", "c'est" hold no labels. */
  private static boolean isPartOfWord(Reading text, int at) {
    Token token = text.tokens().get(at);
    boolean elided = token.after() == '\'' && !token.detached() && token.before() != '\'';
    return elided
        || (token.glued() && !isApart(text.tokens().get(at - 1)))
        || (at + 1 < text.tokens().size()
            && text.tokens().get(at + 1).glued()
            && !isApart(text.tokens().get(at + 1)));
  }

  private static boolean isApart(Token neighbour) {
    return neighbour.kind() == Token.Kind.SIGN
        ? !neighbour.text().equals("%") && !neighbour.text().equals("°")
        : FoldedText.isSpaceless(neighbour.text().codePointAt(0));
  }
}
