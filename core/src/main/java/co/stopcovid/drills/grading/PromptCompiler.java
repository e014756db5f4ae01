package co.stopcovid.drills.grading;

import co.stopcovid.drills.Choice;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.grading.Prompt.QuestionFacts;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prepares a prompt for grading: finds its options, the right one, and what tells them apart. */
final class PromptCompiler {
  /** Where a prompt lists nothing, these letters are labels, and those up to the right one. */
  private static final char LAST_UNLISTED_LABEL = 'e';

  private static final int MAX_UNLISTED_NUMBER = 9;

  private final Lexicon lexicon;
  private final String question;
  private final CorrectResponse correct;
  private final List<Choice> choices;

  private PromptCompiler(
      Lexicon lexicon, String question, List<Choice> listed, CorrectResponse correct) {
    this.lexicon = lexicon;
    this.question = question;
    this.correct = correct;
    this.choices = relevant(listed);
  }

  static Prompt compile(
      Lexicon lexicon, String question, List<Choice> listed, CorrectResponse correct) {
    return new PromptCompiler(lexicon, question, listed, correct).compile();
  }

  private Prompt compile() {
    Reading asked = Reader.read(lexicon, questionAlone());
    List<List<Reading>> texts = new ArrayList<>();
    int right = indexOfRight();
    for (int i = 0; i < choices.size(); i++) {
      List<Reading> readings = new ArrayList<>();
      if (i == right && correct.text() != null) {
        readings.add(Reader.read(lexicon, correct.text()));
      }
      Reading written = Reader.read(lexicon, choices.get(i).text());
      if (readings.isEmpty() || !written.words().equals(readings.getFirst().words())) {
        readings.add(written);
      }
      texts.add(readings);
    }
    if (right < 0) {
      right = texts.size();
      texts.add(List.of(Reader.read(lexicon, correct.textOrLabel())));
    }
    Set<String> repeated = repeatedWords(asked, texts);
    Set<String> labels = labels();
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String label = i < choices.size() ? choices.get(i).label() : correct.label();
      options.add(option(i, label, texts.get(i), repeated, labels));
    }
    var spelling = new Spelling(lexicon, promptWords(asked, texts));
    return new Prompt(
        lexicon,
        List.copyOf(options),
        options.get(right),
        labels,
        repeated,
        facts(asked),
        spelling);
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

  /** By label, else by the same text, else by the one text that holds the right answer. */
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
    Wording wanted = Wording.of(Reader.read(lexicon, correct.text()));
    for (int i = 0; i < choices.size(); i++) {
      Wording offered = Wording.of(Reader.read(lexicon, choices.get(i).text()));
      if (offered.equalTo(wanted) || offered.count(wanted) > 0 || wanted.count(offered) > 0) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private Option option(
      int index,
      @Nullable String label,
      List<Reading> readings,
      Set<String> repeated,
      Set<String> labels) {
    List<Answer> answers = new ArrayList<>();
    for (Reading reading : readings) {
      answers.add(Answer.of(lexicon, reading, repeated));
    }
    Reading main = readings.getFirst();
    Boolean leads = YesNoRule.lead(lexicon, main);
    if (leads != null) {
      Reading rest = YesNoRule.afterLead(main);
      if (!rest.terms().isEmpty()) {
        answers.add(Answer.of(lexicon, rest, repeated));
      }
    }
    return new Option(
        index,
        label,
        List.copyOf(answers),
        LabelRule.mentions(main, label, labels),
        readings.stream().map(Reading::words).collect(Collectors.toUnmodifiableSet()),
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
          labels.add(String.valueOf(c));
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

  /**
   * The words of the question, and those of every option; but none that tells options apart, and
   * none of a sentence that itself offers a choice ("gloves or a mask?").
   */
  private Set<String> repeatedWords(Reading asked, List<List<Reading>> options) {
    Map<String, Integer> uses = new HashMap<>();
    int sweeping = 0;
    for (List<Reading> readings : options) {
      if (lexicon.meaning(readings.getFirst().wordsWithoutFillers()) != null) {
        sweeping++; // "both" and "none" have no words in common with what they sweep up
        continue;
      }
      Set<String> words = new HashSet<>();
      readings.forEach(reading -> addWords(reading, words));
      words.forEach(word -> uses.merge(word, 1, Integer::sum));
    }
    Set<String> repeated = new HashSet<>();
    if (!asked.has(Kind.OR)) {
      addWords(asked, repeated);
    }
    int plain = options.size() - sweeping;
    if (plain > 1) {
      repeated.addAll(uses.keySet());
      repeated.removeIf(word -> uses.getOrDefault(word, plain) < plain);
    }
    return Set.copyOf(repeated);
  }

  private static void addWords(Reading reading, Set<String> words) {
    for (Term term : reading.terms()) {
      if (term.isWord()) {
        words.add(term.value());
      }
    }
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

  private QuestionFacts facts(Reading asked) {
    Set<String> numbers = new HashSet<>();
    Set<String> units = new HashSet<>();
    for (Term term : asked.terms()) {
      if (term.kind() == Kind.NUMBER) {
        numbers.add(term.value());
      }
      if (term.kind() == Kind.UNIT || !term.value().equals(term.surface())) {
        units.add(term.value());
      }
    }
    return new QuestionFacts(
        Set.copyOf(numbers),
        Set.copyOf(units),
        lexicon.comparisonsIn(asked.tokens()),
        negatedWords());
  }

  /** Only what the question itself negates ("Which is not …?"), not what is told before it. */
  private Set<String> negatedWords() {
    Set<String> negated = new HashSet<>();
    int start = 0;
    String text = questionAlone();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '?' || c == '？') {
        List<Term> terms = Wording.of(Reader.read(lexicon, text.substring(start, i))).terms();
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
