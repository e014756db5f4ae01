package co.stopcovid.drills;

import co.stopcovid.common.Language;
import java.util.Optional;

/** Placeholder. */
public final class LanguageChoice {
  public LanguageChoice(LanguageTables tables) {}

  public Optional<Language> recognise(String reply, String menu) {
    return Optional.empty();
  }
}
