package co.stopcovid.adapters.postgres;

import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.DrillVersions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds drill versions for the codecs, each only once in a batch of work. */
final class DrillVersionLookup implements Function<String, Optional<DrillVersion>> {
  private final DrillVersions versions;
  private final Map<String, Optional<DrillVersion>> found = new HashMap<>();

  DrillVersionLookup(DrillVersions versions) {
    this.versions = versions;
  }

  @Override
  public Optional<DrillVersion> apply(String id) {
    return found.computeIfAbsent(
        id, missing -> Optional.ofNullable(versions.get(Set.of(missing)).get(missing)));
  }
}
