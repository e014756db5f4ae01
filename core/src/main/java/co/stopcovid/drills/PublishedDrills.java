package co.stopcovid.drills;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A fixed set of published drills. */
public final class PublishedDrills implements DrillCatalogue {
  private final SortedMap<DrillSlug, DrillVersion> drills = new TreeMap<>();
  private final EngineTexts texts;

  /**
   * @throws ContentException when two drills have the same slug, or all keep replies under more
   *     keys of their own than a profile holds
   */
  public PublishedDrills(Collection<DrillVersion> versions, EngineTexts texts) {
    checkOwnKeys(versions);
    for (DrillVersion version : versions) {
      if (drills.put(version.slug(), version) != null) {
        throw new ContentException("there are two drills with the slug " + version.slug());
      }
    }
    this.texts = texts;
  }

  private static void checkOwnKeys(Collection<DrillVersion> versions) {
    Set<ProfileKey> keys = ownKeys(versions.stream().map(DrillVersion::drill).toList());
    if (keys.size() > ProfileKey.MOST_OWN) {
      throw new ContentException(
          "the drills keep replies under %d keys of their own (%s), and a learner's profile holds %d"
              .formatted(
                  keys.size(),
                  String.join(", ", keys.stream().map(ProfileKey::toString).toList()),
                  ProfileKey.MOST_OWN));
    }
  }

  /** The keys of their own, {@code x_…}, under which drills keep replies, in the drills' order. */
  public static SequencedSet<ProfileKey> ownKeys(Collection<Drill> drills) {
    var keys = new LinkedHashSet<ProfileKey>();
    for (Drill drill : drills) {
      for (Prompt prompt : drill.prompts()) {
        ProfileKey key = prompt.responseKey();
        if (key != null && key.isOwn()) {
          keys.add(key);
        }
      }
    }
    return keys;
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
