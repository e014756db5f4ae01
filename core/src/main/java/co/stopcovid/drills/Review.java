package co.stopcovid.drills;

import org.jspecify.annotations.Nullable;

/**
 * Whether and how a prompt is asked again days later.
 *
 * @param asked false: never
 * @param text what asks it then, a template; null: the prompt's own question
 */
public record Review(boolean asked, @Nullable String text) {
  /** Asked again in the words of the prompt. */
  public static final Review DEFAULT = new Review(true, null);

  public static final Review NEVER = new Review(false, null);
}
