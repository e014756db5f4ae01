package co.stopcovid.drills.grading;

import co.stopcovid.drills.AnswerWords.Role;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.grading.Phrases.Meaning;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides replies that name an option by its label: "c", "(c)", "the answer is c", "c 20 seconds",
 * "the second one". A letter that is also a word of the language ("a") counts only where nothing
 * else makes sense.
 */
final class LabelRule {
  private static final Pattern NUMBERED =
      Pattern.compile("\\s*(\\d{1,2})\\s*[-–—,.:;)、。]\\s*(\\S.*)", Pattern.DOTALL);

  private final Prompt prompt;
  private final Reading reply;
  private final List<Term> labels = new ArrayList<>();

  /** What else is said, with weight. */
  private final List<Term> rest = new ArrayList<>();

  private LabelRule(Prompt prompt, Reading reply) {
    this.prompt = prompt;
    this.reply = reply;
    for (Term term : reply.terms()) {
      if (Labels.isLabel(reply, term, prompt.labels()) && !isNumberOfOption(term)) {
        labels.add(term);
      } else if (!term.isWeightless() && !isAssent(prompt, term)) {
        rest.add(term);
      }
    }
    if (labels.isEmpty() && rest.isEmpty()) {
      addSwallowedLabel();
    }
    labels.removeIf(this::isArticle);
    removeSlash();
    if (labels.stream().anyMatch(label -> !isWord(label)) && !rest.isEmpty()) {
      labels.removeIf(label -> isWord(label) && isFollowedByWord(label));
    }
  }

  /** Where options are i) 3 cups and ii) 1 cup, "1" may be either. */
  private boolean isNumberOfOption(Term term) {
    return term.kind() == Kind.QUANTITY
        && prompt.labels().contains("ii")
        && prompt.options().stream()
            .anyMatch(option -> option.forms().stream().anyMatch(form -> form.has(Kind.QUANTITY)));
  }

  /** "b/6 feet": the mark behind a label. */
  private void removeSlash() {
    boolean slash =
        labels.size() == 1
            && rest.size() > 1
            && rest.getFirst().surface().equals("/")
            && rest.getFirst().first() == labels.getFirst().end();
    if (slash) {
      rest.removeFirst();
    }
  }

  /** Null: the reply does not go by a label. */
  static @Nullable Verdict decide(Prompt prompt, Reading reply) {
    if (prompt.labels().isEmpty()) {
      return null;
    }
    Verdict ordinal = OrdinalRule.decide(prompt, reply);
    if (ordinal != null) {
      return ordinal;
    }
    var rule = new LabelRule(prompt, reply);
    return rule.labels.isEmpty() ? null : rule.decide();
  }

  /** "b a mask": the article of what follows. */
  private boolean isFollowedByWord(Term label) {
    return label.kind() != Kind.QUANTITY
        && rest.stream().anyMatch(term -> term.first() == label.end() && term.kind() == Kind.WORD);
  }

  /** "Yes, c": where a yes is no answer, it only agrees. */
  static boolean isAssent(Prompt prompt, Term term) {
    return term.kind() == Kind.YES && prompt.takesAssent();
  }

  /** Whether a reply starts with a label that is marked as one: "a) mask". */
  static boolean isLabelled(Prompt prompt, Reading reply) {
    var rule = new LabelRule(prompt, reply);
    return !rule.labels.isEmpty()
        && rule.labels.getFirst().first() == 0
        && reply.terms().size() > 1
        && Labels.isMarked(reply, rule.labels.getFirst());
  }

  /**
   * "2 - 15 min" and "3. 2": a number label and the text of its option, which could be read as one
   * number; null: it is not that.
   */
  static @Nullable Verdict numbered(Prompt prompt, String reply) {
    Matcher matcher = NUMBERED.matcher(FoldedText.letters(reply));
    Option option = matcher.matches() ? prompt.labelled(matcher.group(1)) : null;
    if (option == null) {
      return null;
    }
    List<Term> text = Form.weighty(prompt.read(matcher.group(2)).terms());
    for (Form form : option.forms()) {
      Cover cover = Cover.of(prompt, form, text);
      if (cover.left().isEmpty() && cover.isWhole() && cover.isFair() && cover.isInOrder(true)) {
        return byLabel(prompt, matcher.group(1));
      }
    }
    return null;
  }

  /** The verdict on one label. */
  static Verdict byLabel(Prompt prompt, String label) {
    String right = prompt.right().label();
    if (label.equals(right)) {
      return Verdict.right("is the right label " + label + ")", label);
    }
    boolean listed = prompt.labelled(label) != null;
    return Verdict.wrong(
        "names label " + label + "), the answer is " + (right == null ? "none" : right + ")"),
        listed ? label : null);
  }

  private @Nullable Verdict decide() {
    Set<String> named = new TreeSet<>();
    labels.forEach(label -> named.add(Labels.of(label, prompt.labels())));
    if (named.size() > 1) {
      return several(named);
    }
    String label = named.iterator().next();
    if (rest.isEmpty()) {
      return byLabel(prompt, label);
    }
    return withText(label);
  }

  private @Nullable Verdict several(Set<String> named) {
    boolean open = rest.stream().anyMatch(term -> term.kind() == Kind.OR);
    for (Option option : prompt.options()) {
      if (!open && option.mentions().equals(named) && isOnly(Kind.WORD, "both")) {
        return byLabel(prompt, String.valueOf(option.label()));
      }
    }
    if (labels.stream().anyMatch(this::isWord) && !isAlone()) {
      return null;
    }
    return Verdict.wrong("names several labels: " + String.join(", ", named), null);
  }

  private boolean isOnly(Kind kind, String value) {
    return rest.stream().allMatch(term -> term.kind() == kind && term.value().equals(value));
  }

  private boolean isAlone() {
    return rest.stream().allMatch(term -> term.kind() == Kind.OR || term.kind() == Kind.NOT);
  }

  /** A label, and more: what else is said has to be its option's words, or the question's. */
  private @Nullable Verdict withText(String label) {
    Option own = prompt.labelled(label);
    boolean weak = labels.stream().allMatch(this::isWord);
    boolean turns =
        rest.stream().anyMatch(this::isTurn) && rest.stream().allMatch(this::isTurnOrAll);
    if (own != null && (!turns || saysWords(own)) && isExplainedBy(own, weak)) {
      return byLabel(prompt, label);
    }
    Option other = otherNamed(own);
    if (other != null) {
      if (weak) {
        return labelOrWord(label, other);
      }
      if (label.equals(prompt.right().label()) && denies()) {
        return Verdict.notUnderstood("names label " + label + " and denies something", label);
      }
      return Verdict.wrong("names label " + label + " and another " + other.name(), null);
    }
    if (turns) {
      return turned(label);
    }
    if (weak) {
      return null;
    }
    return Verdict.notUnderstood(
        "says more than label " + label, prompt.labelled(label) == null ? null : label);
  }

  /** "b, not hot". */
  private boolean denies() {
    return rest.stream().anyMatch(term -> term.kind() == Kind.NOT || term.kind() == Kind.EXCEPT);
  }

  /** "b no": the rest is word for word the option's text. */
  private boolean saysWords(Option own) {
    var words = new StringBuilder();
    for (Term term : rest) {
      words.append(words.isEmpty() ? "" : " ").append(term.surface());
    }
    return own.hasWords(words.toString());
  }

  /** "A mask": an article where the option has it too; "a peanuts" may be either. */
  private @Nullable Verdict labelOrWord(String label, Option other) {
    if (labels.getFirst().kind() == Kind.QUANTITY && labels.getFirst().first() == 0) {
      return Verdict.wrong("names label " + label + " and another " + other.name(), null);
    }
    boolean word =
        prompt.lexicon().has(label, Role.PREPOSITION)
            || rest.stream().anyMatch(term -> term.first() < labels.getFirst().first());
    if (word && labels.stream().noneMatch(term -> Labels.isMarked(reply, term))) {
      return null;
    }
    if (other.forms().stream()
            .anyMatch(form -> (" " + form.words() + " ").contains(" " + label + " "))
        && labels.stream().noneMatch(term -> Labels.isMarked(reply, term))) {
      return null;
    }
    return labels.stream().anyMatch(term -> Labels.isMarked(reply, term))
        ? Verdict.wrong("names label " + label + " and another " + other.name(), null)
        : Verdict.notUnderstood("names " + other.name() + " behind a letter", null);
  }

  /** Whether the rest is the option's own words and those of the question. */
  private boolean isExplainedBy(Option own, boolean weak) {
    for (Form form : own.forms()) {
      Cover cover = Cover.of(prompt, form, rest);
      if (weak && !cover.touches() && !rest.isEmpty()) {
        continue; // "a bottle" only repeats a word of the question
      }
      if (cover.left().isEmpty() && !cover.isSlipped()) {
        return (cover.isFair() || !saysTurn(cover.form())) && cover.isInOrder(true);
      }
      if (cover.left().isEmpty()) {
        return cover.isFair() && cover.isInOrder(true);
      }
    }
    return false;
  }

  private static boolean saysTurn(Form form) {
    return form.has(Kind.NOT) || form.has(Kind.EXCEPT) || form.has(Kind.COMPARISON);
  }

  private @Nullable Option otherNamed(@Nullable Option own) {
    for (Option option : prompt.options()) {
      if (own == null || !option.is(own)) {
        for (Form form : option.forms()) {
          Cover cover = Cover.of(prompt, form, rest);
          if ((cover.isWhole() && cover.touches()) || cover.touches(distinctive(option))) {
            return option;
          }
        }
      }
    }
    return null;
  }

  private Set<String> distinctive(Option option) {
    return TextRule.distinctive(prompt, option);
  }

  private boolean isTurn(Term term) {
    return switch (term.kind()) {
      case NOT, EXCEPT, NO, OR, UNKNOWN -> true;
      default -> false;
    };
  }

  private boolean isTurnOrAll(Term term) {
    String meaning = prompt.lexicon().meaning(term.surface());
    return isTurn(term) || "all".equals(meaning) || "any".equals(meaning);
  }

  private Verdict turned(String label) {
    boolean right = label.equals(prompt.right().label());
    if (rest.stream().anyMatch(term -> term.kind() == Kind.UNKNOWN)) {
      return Verdict.wrong("says that the answer is not known", null);
    }
    if (rest.stream().anyMatch(term -> term.kind() == Kind.OR)) {
      return Verdict.wrong("leaves it open between label " + label + " and others", null);
    }
    boolean once = rest.stream().filter(this::isTurn).count() == 1;
    return right && once
        ? Verdict.wrong("negates label " + label, null)
        : Verdict.notUnderstood("negates label " + label, null);
  }

  /** A letter that does something else in the language, or a number, which may be the answer. */
  private boolean isWord(Term label) {
    if (Labels.isMarked(reply, label)) {
      return false;
    }
    if (label.kind() == Kind.QUANTITY) {
      return true;
    }
    Lexicon lexicon = prompt.lexicon();
    String letter = Labels.of(label, prompt.labels());
    return lexicon.has(letter, Role.ARTICLE)
        || lexicon.has(letter, Role.PREPOSITION)
        || lexicon.has(letter, Role.CONJUNCTION)
        || lexicon.has(letter, Role.ALTERNATIVE)
        || lexicon.has(letter, Role.FILLER);
  }

  /** "a la c", "a 2 metros", "a b" in Portuguese: what stands before a label is none. */
  private boolean isArticle(Term label) {
    int next = label.end();
    if (label.kind() == Kind.QUANTITY
        || Labels.isMarked(reply, label)
        || next >= reply.tokens().size()) {
      return false;
    }
    Lexicon lexicon = prompt.lexicon();
    if (!lexicon.has(Labels.of(label, prompt.labels()), Role.PREPOSITION)) {
      return false;
    }
    Token follower = reply.tokens().get(next);
    if (lexicon.has(follower.text(), Role.CONJUNCTION)
        || lexicon.has(follower.text(), Role.ALTERNATIVE)) {
      return false;
    }
    return follower.isNumber()
        || (follower.isSingleLetter() && prompt.labels().contains(follower.text()))
        || lexicon.has(follower.text(), Role.ARTICLE)
        || lexicon.has(follower.text(), Role.ORDINAL)
        || lexicon.has(follower.text(), Role.NUMBER);
  }

  /** "É a" is a filler before another letter, and holds the label where there is no other. */
  private void addSwallowedLabel() {
    if (reply.terms().isEmpty() || reply.tokens().isEmpty()) {
      return;
    }
    int last = reply.tokens().size() - 1;
    String text = reply.tokens().get(last).text();
    if (prompt.labels().contains(text) && !Labels.isPartOfWord(reply, last)) {
      labels.add(new Term(Kind.WORD, text, text, last, last + 1, false, null));
    }
  }

  /** The meaning of the ordinal that starts at a token; null: none does. */
  static @Nullable Meaning ordinal(Lexicon lexicon, List<Token> tokens, int at) {
    return lexicon.phrases().longest(tokens, at, Role.ORDINAL);
  }
}
