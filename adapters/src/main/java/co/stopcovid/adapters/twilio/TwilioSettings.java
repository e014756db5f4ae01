package co.stopcovid.adapters.twilio;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An account at Twilio.
 *
 * @param apiUrl where the API is, for a stand-in; normally {@link #API}
 * @param statusCallback where Twilio reports on messages to; null: nowhere
 * @param timeout for a whole request
 */
public record TwilioSettings(
    String accountSid,
    String authToken,
    String messagingServiceSid,
    URI apiUrl,
    @Nullable URI statusCallback,
    Duration timeout) {
  public static final URI API = URI.create("https://api.twilio.com");
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

  /**
   * @throws IllegalArgumentException when something is empty, or the API's address is not absolute
   */
  public TwilioSettings {
    if (accountSid.isBlank() || authToken.isBlank() || messagingServiceSid.isBlank()) {
      throw new IllegalArgumentException(
          "Twilio needs an account SID, an auth token and a messaging service SID");
    }
    if (apiUrl.getHost() == null) {
      throw new IllegalArgumentException("not the address of an API: " + apiUrl);
    }
  }

  /** Without the token, which is secret. */
  @Override
  public String toString() {
    return "TwilioSettings[%s, %s]".formatted(accountSid, apiUrl);
  }
}
