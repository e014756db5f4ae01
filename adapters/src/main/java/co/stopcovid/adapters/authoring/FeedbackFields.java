package co.stopcovid.adapters.authoring;

import co.stopcovid.adapters.authoring.CourseDraft.Parts;
import co.stopcovid.drills.Choice;
import co.stopcovid.drills.Feedback;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.Review;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt says beyond right and wrong, read from either form: the names of the fields are all
 * that differs.
 *
 * @param texts what a written text stands for
 */
record FeedbackFields(
    String explanation, String hint, String options, String mistakes, Texts texts) {
  static final String REVIEW = "review";

  /** What a form makes of a text that an author wrote. */
  interface Texts {
    /** A template of a text that is said. */
    String said(Section section, String field, String text);

    /** A template of a learner's words. */
    String words(Section section, String text);

    /** The label of what is said of a mistake. */
    String label(Section section, String words, String text);
  }

  Feedback feedback(Section prompt) {
    return new Feedback(
        said(prompt, explanation), said(prompt, hint), options(prompt), mistakes(prompt));
  }

  private @Nullable String said(Section section, String field) {
    String text = section.text(field);
    if (text == null) {
      return null;
    }
    if (text.isBlank()) {
      section.warning(
          field, field + " has no text: it counts as missing", "give it a text, or remove it");
      return null;
    }
    return texts.said(section, field, text);
  }

  private SortedMap<String, String> options(Section prompt) {
    var options = new TreeMap<String, String>();
    Section group = prompt.section(this.options);
    if (group == null) {
      return options;
    }
    group
        .texts()
        .forEach(
            (label, text) -> {
              String said = texts.said(group, label, text);
              if (options.putIfAbsent(label(label), said) != null) {
                group.error(
                    label,
                    "%s says something of the option %s twice"
                        .formatted(this.options, label(label)),
                    "keep one of the two");
              }
            });
    return options;
  }

  /** Where the texts of some fields stand, the feedback and what it is for. */
  Parts parts(Section prompt, List<String> fields, UnaryOperator<String> asRead) {
    List<String> all = new ArrayList<>(fields);
    all.addAll(List.of(explanation, hint, options, mistakes, REVIEW));
    var parts = new Parts(prompt.textPlaces(all, asRead), new HashMap<>());
    Section letters = prompt.group(options);
    if (letters != null) {
      letters.names().forEach(name -> parts.options().put(label(name), letters.place(name)));
    }
    Section words = prompt.group(mistakes);
    if (words != null) {
      words
          .names()
          .forEach(name -> parts.written().put(texts.words(words, name), words.place(name)));
    }
    return parts;
  }

  /** As the option's label is folded, however it is written: {@code a}, {@code A} or {@code a)}. */
  private static String label(String written) {
    Choice choice = Choice.read(written + " x");
    return choice == null ? FoldedText.letters(written.strip()) : choice.label();
  }

  private List<Feedback.Mistake> mistakes(Section prompt) {
    List<Feedback.Mistake> found = new ArrayList<>();
    Section group = prompt.section(mistakes);
    if (group != null) {
      group
          .texts()
          .forEach(
              (words, text) ->
                  found.add(
                      new Feedback.Mistake(
                          texts.words(group, words), texts.label(group, words, text))));
    }
    return found;
  }

  /** False, or a text in other words than the question's. */
  Review review(Section prompt) {
    Boolean asked = prompt.truth(REVIEW);
    if (asked != null) {
      return asked ? Review.DEFAULT : Review.NEVER;
    }
    String text = said(prompt, REVIEW);
    return text == null ? Review.DEFAULT : new Review(true, text);
  }
}
