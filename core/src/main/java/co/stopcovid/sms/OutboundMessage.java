package co.stopcovid.sms;

import org.jspecify.annotations.Nullable;

/**
 * A message to a learner.
 *
 * @param body text; null when there is only a picture
 * @param mediaUrl address of a picture; null when there is only text
 */
public record OutboundMessage(@Nullable String body, @Nullable String mediaUrl) {
  /** Without the text, which is private. */
  @Override
  public String toString() {
    return "OutboundMessage[%d characters]".formatted(body == null ? 0 : body.length());
  }
}
