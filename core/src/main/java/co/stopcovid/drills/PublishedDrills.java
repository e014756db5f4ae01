package co.stopcovid.drills;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A fixed set of published drills. */
public final class PublishedDrills implements DrillCatalogue {
  private final SortedMap<DrillSlug, DrillVersion> drills = new TreeMap<>();
  private final EngineTexts texts;

  /**
   * @throws ContentException when two drills have the same slug
   */
  public PublishedDrills(Collection<DrillVersion> versions, EngineTexts texts) {
    for (DrillVersion version : versions) {
      if (drills.put(version.slug(), version) != null) {
        throw new ContentException("there are two drills with the slug " + version.slug());
      }
    }
    this.texts = texts;
  }

  /**
   * Publishes drills with the texts they refer to.
   *
   * @throws ContentException when a label is unknown or two drills have the same slug
   */
  public static PublishedDrills of(
      Collection<Drill> drills, Translations translations, LanguageTables tables) {
    List<DrillVersion> versions = new ArrayList<>();
    for (Drill drill : drills) {
      versions.add(DrillVersion.of(drill, translations, tables));
    }
    return new PublishedDrills(versions, new EngineTexts(translations, tables));
  }

  @Override
  public Optional<DrillVersion> find(DrillSlug slug) {
    return Optional.ofNullable(drills.get(slug));
  }

  @Override
  public List<DrillVersion> all() {
    return List.copyOf(Collections.unmodifiableCollection(drills.values()));
  }

  @Override
  public EngineTexts texts() {
    return texts;
  }
}
