package co.stopcovid.adapters.contract;

import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.testkit.Samples;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A store of drill versions with one mistake. */
public final class BrokenDrillVersions implements DrillVersions {
  /** The mistake. */
  public enum VersionsFault {
    NONE,
    NEWER_VERSION_OVERWRITES,
    KNOWN_VERSION_FAILS,
    DUPLICATE_IN_CALL_FAILS,
    UNKNOWN_ID_FAILS,
    ALL_COME_BACK,
    EMPTY_CALL_FAILS,
    ONLY_FIRST_HUNDRED,
    CONTENT_CHANGED,
    NOT_SHARED,
    FAILS_IN_A_RACE
  }

  private final VersionsFault fault;
  private final Map<String, DrillVersion> versions = new ConcurrentHashMap<>();
  private final Map<DrillSlug, String> newest = new ConcurrentHashMap<>();

  public BrokenDrillVersions(VersionsFault fault) {
    this.fault = fault;
  }

  @Override
  public void put(Collection<DrillVersion> added) {
    fail(VersionsFault.EMPTY_CALL_FAILS, added.isEmpty());
    fail(VersionsFault.DUPLICATE_IN_CALL_FAILS, new HashSet<>(added).size() < added.size());
    for (DrillVersion version : added) {
      boolean known = versions.containsKey(version.id());
      fail(VersionsFault.KNOWN_VERSION_FAILS, known);
      if (fault == VersionsFault.FAILS_IN_A_RACE && !known) {
        LockSupport.parkNanos(100_000);
        fail(VersionsFault.FAILS_IN_A_RACE, versions.containsKey(version.id()));
      }
      String older = newest.put(version.slug(), version.id());
      if (fault == VersionsFault.NEWER_VERSION_OVERWRITES && older != null) {
        versions.remove(older);
      }
      versions.put(
          version.id(), fault == VersionsFault.CONTENT_CHANGED ? renamed(version) : version);
    }
  }

  @Override
  public Map<String, DrillVersion> get(Set<String> ids) {
    Map<String, DrillVersion> found = new HashMap<>(versions);
    if (fault != VersionsFault.ALL_COME_BACK) {
      found.keySet().retainAll(ids);
    }
    fail(VersionsFault.UNKNOWN_ID_FAILS, !found.keySet().containsAll(ids));
    if (fault == VersionsFault.ONLY_FIRST_HUNDRED && ids.size() > 100) {
      found.keySet().retainAll(ids.stream().limit(100).toList());
    }
    return found;
  }

  private void fail(VersionsFault planted, boolean now) {
    if (fault == planted && now) {
      throw new IllegalStateException("constraint violated");
    }
  }

  private static DrillVersion renamed(DrillVersion version) {
    var drill = new Drill(version.slug(), "Untitled", version.drill().prompts());
    return DrillVersion.of(drill, version.translations(), Samples.TABLES);
  }
}
