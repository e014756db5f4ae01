package co.stopcovid.drills;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a learner's profile that a reply may be stored under. The list is closed but for an
 * organisation's own keys, which begin with {@code x_}, so that no content can overwrite {@code
 * validated} or {@code opted_out}. The list's keys are the same objects wherever they come from.
 */
public final class ProfileKey implements Comparable<ProfileKey> {
  /** How many keys of its own an organisation may have. */
  public static final int MOST_OWN = 8;

  /** The longest name of such a key, and the longest text kept for it. */
  public static final int LONGEST_OWN = 40;

  private static final Pattern OWN = Pattern.compile("x_[a-z0-9_]{1,38}");
  private static final Map<String, ProfileKey> LISTED = new LinkedHashMap<>();

  public static final ProfileKey NAME = listed("name");
  public static final ProfileKey LANGUAGE = listed("language");
  public static final ProfileKey JOB = listed("job");
  public static final ProfileKey SELF_RATING_1 = listed("self_rating_1");
  public static final ProfileKey SELF_RATING_2 = listed("self_rating_2");
  public static final ProfileKey SELF_RATING_3 = listed("self_rating_3");
  public static final ProfileKey SELF_RATING_4 = listed("self_rating_4");
  public static final ProfileKey SELF_RATING_5 = listed("self_rating_5");
  public static final ProfileKey SELF_RATING_6 = listed("self_rating_6");
  public static final ProfileKey SELF_RATING_7 = listed("self_rating_7");
  public static final ProfileKey SELF_RATING_8 = listed("self_rating_8");
  public static final ProfileKey SCHEDULE_DAYS = listed("schedule_days");
  public static final ProfileKey SCHEDULE_TIME = listed("schedule_time");
  public static final ProfileKey ESL_LEVEL = listed("esl_level");
  public static final ProfileKey ESL_OPT_IN = listed("esl_opt_in");
  public static final ProfileKey TEAM_SIZE = listed("team_size");
  public static final ProfileKey COMPANY_NAME = listed("company_name");

  private final int place;
  private final String wireName;

  private ProfileKey(int place, String wireName) {
    this.place = place;
    this.wireName = wireName;
  }

  private static ProfileKey listed(String wireName) {
    var key = new ProfileKey(LISTED.size(), wireName);
    LISTED.put(wireName, key);
    return key;
  }

  /** The key in content, profiles and JSON: {@code self_rating_1}. */
  public String wireName() {
    return wireName;
  }

  /** Whether it is one of an organisation's own. */
  public boolean isOwn() {
    return place == Integer.MAX_VALUE;
  }

  /** Whether a reply under it is a figure on a scale. */
  public boolean isRating() {
    return place >= SELF_RATING_1.place && place <= SELF_RATING_8.place;
  }

  public static Optional<ProfileKey> find(String wireName) {
    ProfileKey listed = LISTED.get(wireName);
    if (listed == null && OWN.matcher(wireName).matches()) {
      return Optional.of(new ProfileKey(Integer.MAX_VALUE, wireName));
    }
    return Optional.ofNullable(listed);
  }

  /** All keys but the organisations' own. */
  public static List<ProfileKey> listed() {
    return List.copyOf(LISTED.values());
  }

  /** All keys, for error messages. */
  public static String allowed() {
    return "%s, or one of your own: x_ and at most %d small letters, digits and _"
        .formatted(String.join(", ", LISTED.keySet()), LONGEST_OWN - 2);
  }

  /** As they are listed, then an organisation's own by name. */
  @Override
  public int compareTo(ProfileKey other) {
    return place != other.place
        ? Integer.compare(place, other.place)
        : wireName.compareTo(other.wireName);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProfileKey key && key.wireName.equals(wireName);
  }

  @Override
  public int hashCode() {
    return wireName.hashCode();
  }

  @Override
  public String toString() {
    return wireName;
  }
}
