package co.stopcovid.sms;

import java.util.List;
import java.util.UUID;

/**
 * What {@code {{emojis}}} stands for: one of a few cheerful emoji, always the same for an event.
 */
public final class Cheer {
  /** Each is one character for every phone, and costs two units of a segment. */
  private static final List<String> EMOJIS =
      List.of("🎉", "🌟", "👏", "🙌", "💪", "😊", "💯", "👍");

  private Cheer() {}

  public static String of(UUID eventId) {
    return EMOJIS.get(Math.floorMod(eventId.hashCode(), EMOJIS.size()));
  }
}
