package co.stopcovid.dialog;

import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.ProfileValues;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Changes of a profile that a person asks for, as they can be made. */
sealed interface ProfileUpdate {
  /** What is changed, with the values as they are kept. */
  record Possible(ProfileChanges changes) implements ProfileUpdate {}

  /** A key is unknown, or a value cannot be. */
  record Impossible(String reason) implements ProfileUpdate {}

  /** The longest value that the account takes here. */
  int LONGEST_OF_ACCOUNT = 160;

  static ProfileUpdate of(UserProfile profile, ProfileChanges asked, ProfileValues values) {
    var kept = new TreeMap<String, Optional<String>>();
    for (Map.Entry<String, Optional<String>> change : asked.values().entrySet()) {
      String name = change.getKey();
      boolean ofAccount = ProfileChanges.OF_ACCOUNT.contains(name);
      ProfileKey key = ProfileKey.find(name).orElse(null);
      if (!ofAccount && key == null) {
        return new Impossible(
            "changes.%s: no such entry of a profile; use %s, %s"
                .formatted(
                    name, String.join(", ", ProfileChanges.OF_ACCOUNT), ProfileKey.allowed()));
      }
      Optional<String> value = change.getValue();
      if (value.isPresent()) {
        value = key == null ? ofAccount(name, value.get()) : ofProfile(key, value.get(), values);
        if (value.isEmpty()) {
          return new Impossible("changes.%s: this value cannot be".formatted(name));
        }
      }
      kept.put(name, value);
    }
    var changes = new ProfileChanges(kept);
    return profile.with(changes).ownKeys() > ProfileKey.MOST_OWN
        ? new Impossible(
            "changes: a profile has at most %d entries that begin with x_"
                .formatted(ProfileKey.MOST_OWN))
        : new Possible(changes);
  }

  private static Optional<String> ofProfile(ProfileKey key, String value, ProfileValues values) {
    return values.kept(key, value.strip()).filter(text -> UserProfile.kept(key, text).equals(text));
  }

  private static Optional<String> ofAccount(String name, String value) {
    String text = value.strip();
    boolean fits = !text.isEmpty() && text.length() <= LONGEST_OF_ACCOUNT;
    return fits && (!name.equals("time_zone") || isZone(text))
        ? Optional.of(text)
        : Optional.empty();
  }

  private static boolean isZone(String name) {
    try {
      return !ZoneId.of(name).getId().isEmpty();
    } catch (DateTimeException e) {
      return false;
    }
  }
}
