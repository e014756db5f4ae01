package co.stopcovid.standalone.serve;

import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.LanguageTables;

/** What is taught, and the languages in which learners are understood. */
public record Teaching(DrillCatalogue drills, LanguageTables languages, Keywords keywords) {
  public Teaching(DrillCatalogue drills, LanguageTables languages) {
    this(drills, languages, new Keywords(languages));
  }
}
