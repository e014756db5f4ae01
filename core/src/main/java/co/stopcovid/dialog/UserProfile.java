package co.stopcovid.dialog;

import co.stopcovid.common.Language;
import co.stopcovid.drills.ProfileKey;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a learner.
 *
 * @param isDemo a demo learner may register again and again with other codes
 * @param language null until the learner has chosen one; messages are in English until then
 * @param replies what the learner said to prompts that ask for the profile, save the language
 */
public record UserProfile(
    boolean validated,
    boolean optedOut,
    boolean isDemo,
    @Nullable Language language,
    AccountInfo accountInfo,
    Map<ProfileKey, String> replies) {
  /** The longest text kept for one key, in UTF-16 units, so that a state stays small. */
  public static final int LONGEST_REPLY = 160;

  public static final UserProfile NEW =
      new UserProfile(false, false, false, null, AccountInfo.NONE, Map.of());

  public UserProfile {
    replies = replies.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(replies));
  }

  /** As the learner wrote it; empty when it is not known. */
  public String name() {
    return replies.getOrDefault(ProfileKey.NAME, "");
  }

  public UserProfile withValidation(boolean demo, AccountInfo account) {
    return new UserProfile(true, optedOut, demo, language, account, replies);
  }

  public UserProfile withOptedOut(boolean out) {
    return new UserProfile(validated, out, isDemo, language, accountInfo, replies);
  }

  public UserProfile withLanguage(Language chosen) {
    return new UserProfile(validated, optedOut, isDemo, chosen, accountInfo, replies);
  }

  /** The reply is stripped of white space around it and cut to {@value #LONGEST_REPLY} units. */
  public UserProfile withReply(ProfileKey key, String reply) {
    var more = new EnumMap<ProfileKey, String>(ProfileKey.class);
    more.putAll(replies);
    more.put(key, cut(reply.strip()));
    return new UserProfile(validated, optedOut, isDemo, language, accountInfo, more);
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_REPLY) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(LONGEST_REPLY - 1));
    return text.substring(0, splitsPair ? LONGEST_REPLY - 1 : LONGEST_REPLY);
  }

  /** Without names and replies, which are private. */
  @Override
  public String toString() {
    return "UserProfile[validated=%s, optedOut=%s, isDemo=%s, language=%s]"
        .formatted(validated, optedOut, isDemo, language);
  }
}
