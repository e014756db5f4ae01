package co.stopcovid.drills;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A drill as its author wrote it. The last of several prompts closes the drill and waits for no
 * answer.
 */
public record Drill(DrillSlug slug, String name, List<Prompt> prompts) {
  /**
   * @throws IllegalArgumentException when there is no prompt, or two have the same slug
   */
  public Drill {
    prompts = List.copyOf(prompts);
    if (prompts.isEmpty()) {
      throw new IllegalArgumentException("drill " + slug + " has no prompts");
    }
    var seen = new HashSet<PromptSlug>();
    for (Prompt prompt : prompts) {
      if (!seen.add(prompt.slug())) {
        throw new IllegalArgumentException(
            "drill %s has two prompts named %s".formatted(slug, prompt.slug()));
      }
    }
  }

  public Prompt first() {
    return prompts.getFirst();
  }

  public Optional<Prompt> find(PromptSlug slug) {
    for (Prompt prompt : prompts) {
      if (prompt.slug().equals(slug)) {
        return Optional.of(prompt);
      }
    }
    return Optional.empty();
  }

  /** The prompt after this one; empty at the end of the drill. */
  public Optional<Prompt> after(PromptSlug slug) {
    for (int i = 0; i + 1 < prompts.size(); i++) {
      if (prompts.get(i).slug().equals(slug)) {
        return Optional.of(prompts.get(i + 1));
      }
    }
    return Optional.empty();
  }

  public boolean isLast(Prompt prompt) {
    return prompts.getLast().slug().equals(prompt.slug());
  }
}
