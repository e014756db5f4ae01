package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.drills.Choice;
import co.stopcovid.drills.FoldedText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The choices that a question lists: as the author wrote them, and as the grader understands them.
 *
 * @param written every labelled line, even where the labels make no list
 * @param understood what counts in grading
 */
record ListedChoices(List<Choice> written, List<Choice> understood) {
  static ListedChoices of(String question) {
    List<Choice> lines = question.lines().map(Choice::read).filter(Objects::nonNull).toList();
    List<Choice> understood = Choice.listedIn(question);
    return new ListedChoices(lines.size() >= understood.size() ? lines : understood, understood);
  }

  List<String> labels() {
    return written.stream().map(Choice::label).toList();
  }

  /** Labels that two choices have. */
  List<String> repeatedLabels() {
    Set<String> seen = new HashSet<>();
    return labels().stream().filter(label -> !seen.add(label)).distinct().toList();
  }

  /** Two labelled lines or more, which the grader takes for no list. */
  boolean isMisunderstood() {
    return written.size() > 1 && understood.isEmpty();
  }

  boolean isWellLabelled() {
    return repeatedLabels().isEmpty() && !isMisunderstood();
  }

  /** The choice that a right answer is: the same label, if it has one, and the same words. */
  Optional<Choice> find(String answer) {
    Choice labelled = Choice.read(answer);
    String words = FoldedText.words(labelled == null ? answer : labelled.text());
    return understood.stream()
        .filter(choice -> labelled == null || choice.label().equals(labelled.label()))
        .filter(choice -> FoldedText.words(choice.text()).equals(words))
        .findFirst();
  }

  /** All but one, in order. */
  List<Choice> without(Choice one) {
    List<Choice> others = new ArrayList<>(understood);
    others.remove(one);
    return others;
  }

  /** A choice as it is listed. */
  static String line(Choice choice) {
    return choice.label() + ") " + choice.text();
  }
}
