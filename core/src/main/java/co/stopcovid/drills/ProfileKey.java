package co.stopcovid.drills;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The entries of a learner's profile that a reply may be stored under. The list is closed, so that
 * no content can overwrite {@code validated} or {@code opted_out}.
 */
public enum ProfileKey {
  NAME,
  LANGUAGE,
  JOB,
  SELF_RATING_1,
  SELF_RATING_2,
  SELF_RATING_3,
  SELF_RATING_4,
  SELF_RATING_5,
  SELF_RATING_6,
  SELF_RATING_7,
  SELF_RATING_8,
  SCHEDULE_DAYS,
  SCHEDULE_TIME;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The key in content, profiles and JSON: {@code self_rating_1}. */
  public String wireName() {
    return wireName;
  }

  public static Optional<ProfileKey> find(String wireName) {
    return Arrays.stream(values()).filter(key -> key.wireName.equals(wireName)).findFirst();
  }

  /** All keys, for error messages. */
  public static String allowed() {
    return Arrays.stream(values()).map(ProfileKey::wireName).collect(Collectors.joining(", "));
  }
}
