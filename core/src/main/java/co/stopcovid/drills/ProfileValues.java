package co.stopcovid.drills;

import co.stopcovid.common.Language;
import java.util.List;
import java.util.Optional;

/** What a person may write under a key of the profile, and what is kept of it. */
public final class ProfileValues {
  private final LanguageTables tables;

  public ProfileValues(LanguageTables tables) {
    this.tables = tables;
  }

  /**
   * What is kept of a value, which may be as a learner would write it in English.
   *
   * @return empty when the value cannot be
   */
  public Optional<String> kept(ProfileKey key, String value) {
    if (value.isBlank()) {
      return Optional.empty();
    }
    if (key.equals(ProfileKey.LANGUAGE)) {
      return language(value);
    }
    if (key.equals(ProfileKey.SCHEDULE_DAYS)) {
      return DaysForm.isKept(value)
          ? Optional.of(value)
          : new DaysForm(tables, Language.ENGLISH).kept(value);
    }
    if (key.equals(ProfileKey.SCHEDULE_TIME)) {
      return new TimeForm(tables, Language.ENGLISH).kept(value);
    }
    return Optional.of(value);
  }

  private Optional<String> language(String value) {
    List<Language> known = tables.all().stream().map(LanguageTable::language).toList();
    return Optional.of(value)
        .filter(Language::isCode)
        .map(Language::new)
        .filter(known::contains)
        .or(() -> new LanguageChoice(tables).recognise(value, ""))
        .map(Language::code);
  }
}
