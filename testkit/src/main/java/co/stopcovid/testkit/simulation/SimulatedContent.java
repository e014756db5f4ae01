package co.stopcovid.testkit.simulation;

import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Content that is republished now and then. Its versions differ in their texts alone, so that what
 * a run comes to does not depend on when they were published.
 */
final class SimulatedContent implements DrillCatalogue {
  static final Keywords KEYWORDS = new Keywords(Samples.TABLES);
  static final List<DrillSlug> SLUGS =
      List.of(new DrillSlug("01-sample"), new DrillSlug("02-sample"));
  private static final List<PublishedDrills> EDITIONS = editions(4);

  private int edition;

  private static List<PublishedDrills> editions(int count) {
    List<PublishedDrills> editions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<DrillVersion> drills = new ArrayList<>();
      for (DrillSlug slug : SLUGS) {
        drills.add(Samples.drill(slug.value(), "What do you need, edition " + i + "?"));
      }
      var texts = new EngineTexts(drills.getFirst().translations(), Samples.TABLES);
      editions.add(new PublishedDrills(drills, texts));
    }
    return editions;
  }

  void republish(Chance chance) {
    edition = chance.below(EDITIONS.size());
  }

  static boolean wasPublished(DrillVersion version) {
    return EDITIONS.stream().anyMatch(it -> it.find(version.slug()).equals(Optional.of(version)));
  }

  /** Any version of a drill; all are decided alike. */
  static Optional<DrillVersion> anyVersion(DrillSlug slug) {
    return EDITIONS.getFirst().find(slug);
  }

  @Override
  public Optional<DrillVersion> find(DrillSlug slug) {
    return EDITIONS.get(edition).find(slug);
  }

  @Override
  public List<DrillVersion> all() {
    return EDITIONS.get(edition).all();
  }

  @Override
  public EngineTexts texts() {
    return EDITIONS.get(edition).texts();
  }

  static Set<String> ids(List<DrillVersion> versions) {
    return Set.copyOf(versions.stream().map(DrillVersion::id).toList());
  }
}
