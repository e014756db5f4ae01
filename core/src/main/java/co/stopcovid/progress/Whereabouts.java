package co.stopcovid.progress;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.UserProfile;

/**
 * What is known of where a learner is.
 *
 * @param timeZone as the registration named it; empty when it did not. It may be no zone at all
 */
public record Whereabouts(PhoneNumber phone, String timeZone) {
  /** The entry of the account that names the learner's time zone, such as {@code Europe/Paris}. */
  public static final String ACCOUNT_KEY = "time_zone";

  public static Whereabouts of(PhoneNumber phone, UserProfile profile) {
    return new Whereabouts(phone, timeZone(profile));
  }

  /** Empty when the registration did not name one. */
  public static String timeZone(UserProfile profile) {
    return profile.accountInfo().values().get(ACCOUNT_KEY) instanceof String zone ? zone : "";
  }
}
