package co.stopcovid.dialog;

import co.stopcovid.drills.DrillSlug;
import java.util.List;

/** What must be looked up outside before a command can be decided. */
public sealed interface Question {
  /** State and command are enough. */
  record None() implements Question {}

  record WhichDrill(DrillSlug slug) implements Question {}

  /**
   * Which of the codes that a message may mean is valid.
   *
   * @param codes the likeliest first
   * @param namesLanguage whether {@link WhichLanguages} is asked, too
   */
  record IsCodeValid(List<RegistrationCode> codes, boolean namesLanguage) implements Question {
    public IsCodeValid {
      codes = List.copyOf(codes);
    }
  }

  /** Which languages the course is taught in. */
  record WhichLanguages() implements Question {}
}
