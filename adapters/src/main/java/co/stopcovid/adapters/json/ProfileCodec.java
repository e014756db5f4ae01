package co.stopcovid.adapters.json;

import co.stopcovid.common.Language;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.ProfileKey;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** {@code user_profile}: one flat object, as reports want it. */
public final class ProfileCodec {
  private ProfileCodec() {}

  /**
   * Reads a profile that stands alone.
   *
   * @throws MalformedJsonException when the text is not one
   */
  public static UserProfile decode(String json) {
    return read(Fields.of(Json.parse(json), "a profile"));
  }

  /** Writes a profile that stands alone. */
  public static String encode(UserProfile profile) {
    return Json.write(json -> write(json, profile));
  }

  static UserProfile read(Fields profile) {
    var replies = new TreeMap<ProfileKey, String>();
    for (Map.Entry<String, JsonNode> entry : profile.entries()) {
      ProfileKey key = ProfileKey.find(entry.getKey()).orElse(null);
      if (key != null && !key.equals(ProfileKey.LANGUAGE)) {
        String reply = profile.textOrListOrNull(entry.getKey());
        if (reply != null) {
          replies.put(key, reply);
        }
      }
    }
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
              if (!key.equals(ProfileKey.NAME)) {
                json.writeName(key.wireName());
                if (key.equals(ProfileKey.SCHEDULE_DAYS)) {
                  TextLists.write(json, reply);
                } else {
                  json.writeString(reply);
                }
              }
            });
    json.writeEndObject();
  }
}
