package co.stopcovid.drills;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Every drill version that a learner ever started, kept for good and never changed. */
public interface DrillVersions {
  /** Stores the versions; those that are there already stay as they are. */
  void put(Collection<DrillVersion> versions);

  /** The versions with these ids; unknown ids are left out. */
  Map<String, DrillVersion> get(Set<String> ids);
}
