package co.stopcovid.dialog;

import co.stopcovid.common.Language;
import co.stopcovid.drills.ProfileKey;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * New values for entries of a learner's profile, by their names in JSON: the {@link ProfileKey}s,
 * and of the account {@code time_zone company unit_name}. An empty value removes the entry.
 */
public record ProfileChanges(SortedMap<String, Optional<String>> values) {
  /** What stands in the account rather than among the replies. */
  static final Set<String> OF_ACCOUNT = Set.of("time_zone", "company", "unit_name");

  /** More than a profile has entries. */
  private static final int MOST = 50;

  private static final int LONGEST = 500;

  /**
   * @throws IllegalArgumentException when there is too much, or a value is too long
   */
  public ProfileChanges {
    var storable = new TreeMap<String, Optional<String>>();
    values.forEach(
        (name, value) -> storable.put(StorableText.of(name), value.map(StorableText::of)));
    values = Collections.unmodifiableSortedMap(storable);
    if (values.size() > MOST) {
      throw new IllegalArgumentException("more than %d changes of a profile".formatted(MOST));
    }
    values.forEach(
        (name, value) -> {
          if (name.length() + value.orElse("").length() > LONGEST) {
            throw new IllegalArgumentException(
                "a change of a profile has more than %d characters".formatted(LONGEST));
          }
        });
  }

  public static ProfileChanges of(Map<String, Optional<String>> values) {
    return new ProfileChanges(new TreeMap<>(values));
  }

  public static ProfileChanges language(Language language) {
    return of(Map.of(ProfileKey.LANGUAGE.wireName(), Optional.of(language.code())));
  }

  /** Without the values, which are private. */
  @Override
  public String toString() {
    return "ProfileChanges" + values.keySet();
  }
}
