package co.stopcovid.adapters.inmemory;

import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.DrillVersions;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Drill versions in memory. Threads may share it. */
public final class InMemoryDrillVersions implements DrillVersions {
  private final Map<String, DrillVersion> versions = new ConcurrentHashMap<>();

  @Override
  public void put(Collection<DrillVersion> added) {
    added.forEach(version -> versions.putIfAbsent(version.id(), version));
  }

  @Override
  public Map<String, DrillVersion> get(Set<String> ids) {
    Map<String, DrillVersion> found = new HashMap<>();
    for (String id : ids) {
      DrillVersion version = versions.get(id);
      if (version != null) {
        found.put(id, version);
      }
    }
    return found;
  }
}
