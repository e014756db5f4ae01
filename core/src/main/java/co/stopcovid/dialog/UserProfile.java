package co.stopcovid.dialog;

import co.stopcovid.common.Language;
import co.stopcovid.drills.ProfileKey;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    replies = replies.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(replies));
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

  /**
   * The reply is stripped of white space around it and cut to the longest that is kept. One under a
   * key of an organisation's own that would be one too many is not kept.
   */
  public UserProfile withReply(ProfileKey key, String reply) {
    if (key.isOwn() && !replies.containsKey(key) && ownKeys() >= ProfileKey.MOST_OWN) {
      return this;
    }
    return with(key, Optional.of(kept(key, reply)));
  }

  /** What is kept of a reply under a key. */
  static String kept(ProfileKey key, String reply) {
    return cut(reply.strip(), key.isOwn() ? ProfileKey.LONGEST_OWN : LONGEST_REPLY);
  }

  /** How many of the replies are under keys of an organisation's own. */
  int ownKeys() {
    return (int) replies.keySet().stream().filter(ProfileKey::isOwn).count();
  }

  /** With other values. Names that are not known, of a newer program, change nothing. */
  UserProfile with(ProfileChanges changes) {
    UserProfile next = this;
    for (Map.Entry<String, Optional<String>> change : changes.values().entrySet()) {
      String name = change.getKey();
      Optional<String> value = change.getValue();
      if (ProfileChanges.OF_ACCOUNT.contains(name)) {
        next = next.withAccount(next.accountInfo.with(name, value));
      } else {
        ProfileKey key = ProfileKey.find(name).orElse(null);
        next = key == null ? next : next.with(key, value);
      }
    }
    return next;
  }

  /** With another value under a key, or none. */
  UserProfile with(ProfileKey key, Optional<String> value) {
    if (key.equals(ProfileKey.LANGUAGE)) {
      Language chosen = value.filter(Language::isCode).map(Language::new).orElse(null);
      return new UserProfile(validated, optedOut, isDemo, chosen, accountInfo, replies);
    }
    var more = new TreeMap<ProfileKey, String>(replies);
    value.ifPresentOrElse(text -> more.put(key, text), () -> more.remove(key));
    return new UserProfile(validated, optedOut, isDemo, language, accountInfo, more);
  }

  private UserProfile withAccount(AccountInfo account) {
    return new UserProfile(validated, optedOut, isDemo, language, account, replies);
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, splitsPair ? longest - 1 : longest);
  }

  /** Without names and replies, which are private. */
  @Override
  public String toString() {
    return "UserProfile[validated=%s, optedOut=%s, isDemo=%s, language=%s]"
        .formatted(validated, optedOut, isDemo, language);
  }
}
