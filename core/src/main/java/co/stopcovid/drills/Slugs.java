package co.stopcovid.drills;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What drill and prompt slugs have in common. To the engine they are opaque keys: {@code "1 - "} is
 * one as good as {@code soap}. Refused is only what a store or a line of a log cannot hold.
 */
final class Slugs {
  private Slugs() {}

  static void check(String kind, String value, int longest) {
    String reason = reason(value, longest);
    if (reason != null) {
      throw new IllegalArgumentException(
          "not a %s slug: %s: %s"
              .formatted(
                  kind, reason, value.length() > 120 ? value.substring(0, 120) + "…" : value));
    }
  }

  private static @Nullable String reason(String value, int longest) {
    if (value.isBlank()) {
      return "it is empty";
    }
    if (value.length() > longest) {
      return "it has %d characters, the most is %d".formatted(value.length(), longest);
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      return "it holds a line break or another control character";
    }
    return StandardCharsets.UTF_8.newEncoder().canEncode(value)
        ? null
        : "it holds half of a character";
  }
}
