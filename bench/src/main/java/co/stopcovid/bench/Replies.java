package co.stopcovid.bench;

import co.stopcovid.common.Language;
import co.stopcovid.drills.Prompt;

/** What learners of the benchmarks write. */
final class Replies {
  /** Wrong everywhere. */
  static final String WRONG = "I do not know";

  private Replies() {}

  /** To a prompt that is not graded: any reply will do, but a rating is one of its numbers. */
  static String toUngraded(Prompt prompt, Language language) {
    return prompt.responseKey() != null && prompt.responseKey().isRating() ? "3" : language.code();
  }
}
