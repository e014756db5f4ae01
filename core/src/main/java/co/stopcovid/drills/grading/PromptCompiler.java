package co.stopcovid.drills.grading;

import co.stopcovid.drills.AnswerWords.Role;
import co.stopcovid.drills.Choice;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.RomanNumerals;
import co.stopcovid.drills.grading.Phrases.Meaning;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prepares a prompt for grading: finds its options, the right one, and what tells them apart. */
final class PromptCompiler {
  /** Where a prompt lists nothing, these letters are labels, and those up to the right one. */
  private static final char LAST_UNLISTED_LABEL = 'e';

  private static final int MAX_UNLISTED_NUMBER = 9;

  private final Lexicon lexicon;
  private final String question;
  private final CorrectResponse correct;
  private final List<String> accepted;
  private final List<Choice> choices;
  private final Set<String> kept = new HashSet<>();

  private PromptCompiler(
      Lexicon lexicon,
      String question,
      List<Choice> listed,
      CorrectResponse correct,
      List<String> accepted) {
    this.lexicon = lexicon;
    this.question = question;
    this.correct = correct;
    this.accepted = accepted;
    this.choices = relevant(listed);
  }

  static Prompt compile(
      Lexicon lexicon,
      String question,
      List<Choice> listed,
      CorrectResponse correct,
      List<String> accepted) {
    return new PromptCompiler(lexicon, question, listed, correct, accepted).compile();
  }

  private Prompt compile() {
    Reading asked = Reader.read(lexicon, questionAlone());
    List<List<Reading>> texts = new ArrayList<>();
    int right = indexOfRight();
    keepWords(right);
    for (int i = 0; i < choices.size(); i++) {
      texts.add(readings(choices.get(i).text(), i == right));
    }
    if (right < 0) {
      right = texts.size();
      texts.add(readings(correct.textOrLabel(), true));
    }
    Set<String> labels = labels();
    addMentioned(texts, labels);
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String label = i < choices.size() ? choices.get(i).label() : correct.label();
      options.add(option(i, label, texts.get(i), labels));
    }
    return new Prompt(
        lexicon,
        List.copyOf(options),
        options.get(right),
        labels,
        facts(asked, options),
        new Words(lexicon, promptWords(asked, texts)),
        Set.copyOf(kept));
  }

  /** "Always" has no weight in most answers; it has where it is one. */
  private void keepWords(int right) {
    List<String> texts = new ArrayList<>(accepted);
    choices.forEach(choice -> texts.add(choice.text()));
    if (right < 0 || correct.text() != null) {
      texts.add(correct.textOrLabel());
    }
    for (String text : texts) {
      List<Term> terms = Reader.read(lexicon, text).terms();
      boolean all = terms.stream().allMatch(Term::isWeightless);
      for (Term term : terms) {
        if (term.value().startsWith("day ") && term.kind() == Kind.CALENDAR) {
          kept.add(Reader.DAYS);
        }
        if (term.quantity() != null && Clock.isTime(term.quantity())) {
          kept.add(Reader.TIMES);
        }
        boolean single = term.end() == term.first() + 1;
        if (all || (single && Reader.canBeKept(term.kind())) || isPhraseOfAnswer(term)) {
          kept.add(term.surface());
        }
      }
    }
  }

  /** "A bottle of water" is not a cup of it; "call 911" is not "text 911". */
  private boolean isPhraseOfAnswer(Term term) {
    return term.value().equals(Reader.LIMIT)
        || (term.kind() == Kind.ARTICLE && lexicon.isMeasure(term))
        || (term.value().equals(Reader.DIALING) && !choices.isEmpty());
  }

  /** An option's text in all ways to say it: as written, without its bracket, and the bracket. */
  private List<Reading> readings(String text, boolean isRight) {
    List<String> forms = new ArrayList<>();
    if (isRight) {
      if (correct.text() != null) {
        forms.addAll(Brackets.forms(correct.text()));
      }
      accepted.forEach(form -> forms.addAll(Brackets.forms(form)));
    }
    forms.addAll(Brackets.forms(text));
    List<Reading> readings = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (String form : forms) {
      Reading reading = Reader.read(lexicon, form, kept);
      if (known.add(form.strip()) && !reading.terms().isEmpty()) {
        readings.add(reading);
      }
    }
    if (readings.isEmpty()) {
      readings.add(Reader.read(lexicon, text, kept));
    }
    return readings;
  }

  /** "Both a and b" is as well the texts of a and b together. */
  private void addMentioned(List<List<Reading>> texts, Set<String> labels) {
    for (int i = 0; i < choices.size(); i++) {
      Set<String> mentioned = mentioned(texts.get(i).getFirst(), i, labels);
      var together = new StringBuilder();
      for (Choice choice : choices) {
        if (mentioned.contains(choice.label())) {
          together.append(together.isEmpty() ? "" : " & ").append(choice.text());
        }
      }
      if (!together.isEmpty()) {
        texts.get(i).add(Reader.read(lexicon, together.toString(), kept));
      }
    }
  }

  private Set<String> mentioned(Reading text, int index, Set<String> labels) {
    Form form = Form.of(lexicon, text);
    if (!"all".equals(form.meaning())) {
      return Labels.mentions(text, choices.get(index).label(), labels);
    }
    Set<String> others = new HashSet<>(labels);
    others.remove(choices.get(index).label());
    return others;
  }

  /** Letters or numbers, whichever the right answer has; letters where it has neither. */
  private List<Choice> relevant(List<Choice> listed) {
    List<Choice> lettered = listed.stream().filter(choice -> !choice.isNumbered()).toList();
    List<Choice> numbered = listed.stream().filter(Choice::isNumbered).toList();
    String label = correct.label();
    if (label != null) {
      return Character.isDigit(label.charAt(0)) ? numbered : lettered;
    }
    boolean inNumbered = numbered.stream().anyMatch(choice -> isCorrectText(choice.text()));
    return lettered.isEmpty() || inNumbered ? numbered : lettered;
  }

  private boolean isCorrectText(String text) {
    return FoldedText.words(text).equals(FoldedText.words(correct.textOrLabel()));
  }

  /** By label, else by the same text, else by the one text that says the right answer. */
  private int indexOfRight() {
    int found = -1;
    for (int i = 0; i < choices.size(); i++) {
      if (choices.get(i).label().equals(correct.label())) {
        return i;
      }
      if (correct.label() == null && isCorrectText(choices.get(i).text())) {
        return i;
      }
    }
    if (correct.text() == null || correct.label() != null) {
      return found;
    }
    List<String> wanted = values(correct.text());
    for (int i = 0; i < choices.size(); i++) {
      List<String> offered = values(choices.get(i).text());
      if (offered.containsAll(wanted) || wanted.containsAll(offered)) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private List<String> values(String text) {
    return Form.weighty(Reader.read(lexicon, text).terms()).stream().map(Term::value).toList();
  }

  private Option option(
      int index, @Nullable String label, List<Reading> readings, Set<String> labels) {
    List<Form> forms = new ArrayList<>();
    for (Reading reading : readings) {
      forms.add(Form.of(lexicon, reading));
    }
    Reading main = readings.getFirst();
    Boolean yesNo = YesNoRule.whole(lexicon, main);
    Boolean leads = yesNo == null ? YesNoRule.lead(lexicon, main) : null;
    if (leads != null) {
      Reading rest = YesNoRule.afterLead(main);
      if (!rest.terms().isEmpty()) {
        forms.add(Form.of(lexicon, rest));
      }
    }
    return new Option(
        index,
        label,
        List.copyOf(forms),
        index < choices.size() ? mentioned(main, index, labels) : Set.of(),
        yesNo,
        leads);
  }

  private Set<String> labels() {
    Set<String> labels = new HashSet<>();
    choices.forEach(choice -> labels.add(choice.label()));
    String label = correct.label();
    if (labels.isEmpty() && label != null) {
      if (Character.isDigit(label.charAt(0))) {
        for (int i = 1; i <= MAX_UNLISTED_NUMBER; i++) {
          labels.add(Integer.toString(i));
        }
      } else {
        for (char c = 'a'; c <= LAST_UNLISTED_LABEL || c <= label.charAt(0); c++) {
          labels.add(label.length() > 1 ? RomanNumerals.of(c - 'a' + 1) : String.valueOf(c));
        }
      }
      labels.add(label);
    }
    return Set.copyOf(labels);
  }

  /** The text of the question up to its options. */
  private String questionAlone() {
    var alone = new StringBuilder();
    for (String line : question.lines().toList()) {
      int end = line.length();
      for (Choice choice : choices) {
        int at = line.indexOf(choice.text());
        if (at > 0 && endsWithLabel(line.substring(0, at), choice.label())) {
          end =
              Math.min(end, FoldedText.letters(line.substring(0, at)).lastIndexOf(choice.label()));
        }
      }
      alone.append(line, 0, Math.max(0, end)).append('\n');
    }
    return alone.toString();
  }

  private static boolean endsWithLabel(String text, String label) {
    String words = FoldedText.words(text);
    return words.equals(label) || words.endsWith(" " + label);
  }

  private static Set<String> promptWords(Reading asked, List<List<Reading>> options) {
    Set<String> words = new HashSet<>();
    asked.tokens().forEach(token -> words.add(token.text()));
    options.forEach(
        readings ->
            readings.forEach(
                reading -> reading.tokens().forEach(token -> words.add(token.text()))));
    return Set.copyOf(words);
  }

  private QuestionFacts facts(Reading asked, List<Option> options) {
    List<Quantity> quantities = new ArrayList<>();
    Set<String> units = new HashSet<>();
    Set<String> signs = new HashSet<>();
    Set<String> ordinals = new HashSet<>();
    Map<Role, Set<String>> said = new HashMap<>();
    for (Term term : asked.terms()) {
      Quantity quantity = term.quantity();
      if (quantity != null) {
        quantities.add(quantity);
        signs.add(quantity.sign());
      }
    }
    for (int i = 0; i < asked.tokens().size(); i++) {
      for (Role role : List.of(Role.UNIT, Role.COMPARISON, Role.ORDINAL, Role.PROCEDURE)) {
        Meaning meaning = lexicon.phrases().longest(asked.tokens(), i, role);
        if (meaning != null) {
          said.computeIfAbsent(role, missing -> new HashSet<>()).add(meaning.value(role));
        }
      }
    }
    units.addAll(said.getOrDefault(Role.UNIT, Set.of()));
    signs.addAll(said.getOrDefault(Role.COMPARISON, Set.of()));
    ordinals.addAll(said.getOrDefault(Role.ORDINAL, Set.of()));
    return new QuestionFacts(
        askedWords(asked, options),
        List.copyOf(quantities),
        Set.copyOf(units),
        Set.copyOf(signs),
        negatedWords(),
        said.containsKey(Role.PROCEDURE),
        Set.copyOf(ordinals),
        " " + asked.words() + " ");
  }

  /** None of a question that itself offers a choice ("gloves or a mask?"): it asks for one. */
  private Set<String> askedWords(Reading asked, List<Option> options) {
    Set<String> words = new HashSet<>();
    if (!offersChoice(asked)) {
      for (Term term : asked.terms()) {
        if (term.isWord() || term.kind() == Kind.CALENDAR || term.kind() == Kind.THEN) {
          words.add(term.value());
          for (int i = term.first(); i < term.end(); i++) {
            words.add(asked.tokens().get(i).text());
          }
        }
      }
    }
    for (Option option : options) {
      Form form = option.forms().getFirst();
      List<String> own = form.terms().stream().filter(Term::isWord).map(Term::value).toList();
      if (own.size() > 1 && words.containsAll(own)) {
        words.removeAll(own); // "Put in order: rinse, wash": here they are the answer
      }
    }
    return Set.copyOf(words);
  }

  /** "Yes or no:" and "true or false:" before a question offer nothing else. */
  private boolean offersChoice(Reading asked) {
    List<Term> terms = asked.terms();
    for (int i = 0; i < terms.size(); i++) {
      boolean or = terms.get(i).kind() == Kind.OR;
      if (or && !(i > 0 && isVerdict(terms.get(i - 1)) && i + 1 < terms.size())) {
        return true;
      }
    }
    return false;
  }

  private boolean isVerdict(Term term) {
    String meaning = lexicon.meaning(term.surface());
    return "true".equals(meaning)
        || "false".equals(meaning)
        || lexicon.yesOrNo(term.surface()) != null;
  }

  /** Only what the question itself negates ("Which is not …?"), not what is told before it. */
  private Set<String> negatedWords() {
    Set<String> negated = new HashSet<>();
    int start = 0;
    String text = questionAlone();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '?' || c == '？') {
        List<Term> terms = Form.weighty(Reader.read(lexicon, text.substring(start, i)).terms());
        for (int j = 0; j + 1 < terms.size(); j++) {
          if (terms.get(j).kind() == Kind.NOT) {
            negated.add(terms.get(j + 1).value());
          }
        }
      }
      if ("?？.!。！\n".indexOf(c) >= 0) {
        start = i + 1;
      }
    }
    return Set.copyOf(negated);
  }
}
