package co.stopcovid.adapters.json;

import co.stopcovid.common.Language;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.ProfileKey;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** {@code user_profile}: one flat object, as reports want it. */
public final class ProfileCodec {
  private static final Map<ProfileKey, String> REPLIES = new EnumMap<>(ProfileKey.class);

  static {
    for (ProfileKey key : ProfileKey.values()) {
      if (key != ProfileKey.LANGUAGE) {
        REPLIES.put(key, key.wireName());
      }
    }
  }

  private ProfileCodec() {}

  static UserProfile read(Fields profile) {
    var replies = new EnumMap<ProfileKey, String>(ProfileKey.class);
    REPLIES.forEach(
        (key, name) -> {
          String reply = profile.textOrNull(name);
          if (reply != null) {
            replies.put(key, reply);
          }
        });
    return new UserProfile(
        profile.truth("validated"),
        profile.truth("opted_out"),
        profile.truth("is_demo"),
        profile.has("language")
            ? profile.value("language", "a language code", Language::new)
            : null,
        AccountInfoCodec.read(profile),
        replies);
  }

  /** Writes the object itself, without a name before it. */
  public static void write(JsonGenerator json, UserProfile profile) {
    json.writeStartObject();
    json.writeBooleanProperty("validated", profile.validated());
    json.writeBooleanProperty("opted_out", profile.optedOut());
    json.writeBooleanProperty("is_demo", profile.isDemo());
    Json.writeText(json, "name", profile.replies().get(ProfileKey.NAME));
    Language language = profile.language();
    Json.writeText(json, "language", language == null ? null : language.code());
    AccountInfoCodec.write(json, profile.accountInfo());
    profile
        .replies()
        .forEach(
            (key, reply) -> {
              if (key != ProfileKey.NAME && key != ProfileKey.LANGUAGE) {
                json.writeStringProperty(key.wireName(), reply);
              }
            });
    json.writeEndObject();
  }
}
