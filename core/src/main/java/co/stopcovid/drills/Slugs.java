package co.stopcovid.drills;

import java.util.regex.Pattern;

/** What drill and prompt slugs have in common. */
final class Slugs {
  private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

  private Slugs() {}

  static void check(String kind, String value) {
    if (!SLUG.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "not a %s slug (1 to 100 letters, digits, - _ or ., such as 01-washing-your-hands): %s"
              .formatted(kind, value.length() > 120 ? value.substring(0, 120) + "…" : value));
    }
  }
}
