package co.stopcovid.dialog;

import co.stopcovid.drills.DrillSlug;

/** What must be looked up outside before a command can be decided. */
public sealed interface Question {
  /** State and command are enough. */
  record None() implements Question {}

  record WhichDrill(DrillSlug slug) implements Question {}

  record IsCodeValid(RegistrationCode code) implements Question {}
}
