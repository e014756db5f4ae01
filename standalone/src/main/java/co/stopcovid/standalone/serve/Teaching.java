package co.stopcovid.standalone.serve;

import co.stopcovid.adapters.content.ContentWatch;
import co.stopcovid.adapters.content.WatchedFolder;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.LanguageTables;

/**
 * What is taught, and the languages in which learners are understood.
 *
 * @param content looks for newer drills
 */
public record Teaching(
    DrillCatalogue drills, LanguageTables languages, Keywords keywords, ContentWatch content) {
  /** Drills that stay as they are. */
  public Teaching(DrillCatalogue drills, LanguageTables languages) {
    this(drills, languages, new Keywords(languages), ContentWatch.NONE);
  }

  public Teaching(WatchedFolder drills, LanguageTables languages) {
    this(drills, languages, new Keywords(languages), drills);
  }
}
