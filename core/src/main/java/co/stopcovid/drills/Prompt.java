package co.stopcovid.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of a drill: what is said, and what is done with the reply.
 *
 * @param messages sent in this order, at least one
 * @param correctResponse the right answer as it is shown, a template; null: any reply will do
 * @param accepted further forms of the right answer, templates
 * @param responseKey where the reply is stored in the learner's profile; null: nowhere
 * @param maxFailures how many wrong replies still leave another try; 1 gives two tries
 */
public record Prompt(
    PromptSlug slug,
    List<PromptMessage> messages,
    @Nullable String correctResponse,
    List<String> accepted,
    @Nullable ProfileKey responseKey,
    int maxFailures,
    Feedback feedback,
    Review review) {
  public static final int DEFAULT_MAX_FAILURES = 1;
  public static final int MOST_FAILURES = 100;

  /**
   * @throws IllegalArgumentException when there is no message, maxFailures is not 0 to 100, or
   *     there are further forms of an answer and none that is shown
   */
  public Prompt {
    messages = List.copyOf(messages);
    accepted = List.copyOf(accepted);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("prompt " + slug + " has no messages");
    }
    if (maxFailures < 0 || maxFailures > MOST_FAILURES) {
      throw new IllegalArgumentException(
          "prompt %s: max_failures is %d, but must be 0 to %d"
              .formatted(slug, maxFailures, MOST_FAILURES));
    }
    if (correctResponse == null && !accepted.isEmpty()) {
      throw new IllegalArgumentException(
          "prompt %s: further forms of an answer need an answer".formatted(slug));
    }
  }

  /** A prompt that says no more than right and wrong. */
  public Prompt(
      PromptSlug slug,
      List<PromptMessage> messages,
      @Nullable String correctResponse,
      @Nullable ProfileKey responseKey,
      int maxFailures) {
    this(
        slug,
        messages,
        correctResponse,
        List.of(),
        responseKey,
        maxFailures,
        Feedback.NONE,
        Review.DEFAULT);
  }

  public boolean isGraded() {
    return correctResponse != null;
  }

  /** All forms of the right answer, the one that is shown first; empty when any reply will do. */
  public List<String> answers() {
    if (correctResponse == null) {
      return List.of();
    }
    List<String> answers = new ArrayList<>();
    answers.add(correctResponse);
    answers.addAll(accepted);
    return List.copyOf(answers);
  }

  /** All templates of the prompt; a label by its own is one, too. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (PromptMessage message : messages) {
      if (message.text() != null) {
        texts.add(message.text());
      }
    }
    texts.addAll(answers());
    Stream.of(feedback.explanation(), feedback.hint(), review.text())
        .filter(Objects::nonNull)
        .forEach(texts::add);
    texts.addAll(feedback.options().values());
    for (Feedback.Mistake mistake : feedback.mistakes()) {
      texts.add(mistake.words());
      texts.add("{{" + mistake.label() + "}}");
    }
    return texts;
  }
}
