package co.stopcovid.drills;

import org.jspecify.annotations.Nullable;

/**
 * One message of a prompt.
 *
 * @param text a template, see {@link Template}; null when there is only a picture
 * @param mediaUrl address of a picture; null when there is only text
 */
public record PromptMessage(@Nullable String text, @Nullable String mediaUrl) {
  /**
   * @throws IllegalArgumentException when the message has neither text nor media
   */
  public PromptMessage {
    if ((text == null || text.isBlank()) && (mediaUrl == null || mediaUrl.isBlank())) {
      throw new IllegalArgumentException("a message needs a text or a media_url");
    }
  }
}
