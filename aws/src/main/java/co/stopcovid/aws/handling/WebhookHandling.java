package co.stopcovid.aws.handling;

import co.stopcovid.adapters.twilio.TwilioIntake;
import co.stopcovid.adapters.twilio.TwilioIntake.Result;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /webhooks/twilio}: a learner's message is answered with empty TwiML once its command
 * is in the stream, a report once it is in its queue.
 */
public final class WebhookHandling {
  public static final String PATH = "/webhooks/twilio";

  /** Forty times what Twilio sends. */
  static final int LARGEST_BODY = 65_536;

  private static final Logger LOG = LoggerFactory.getLogger(WebhookHandling.class);
  private static final String NO_REPLY =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int TOO_LARGE = 413;
  private static final int UNAVAILABLE = 503;

  private final Supplier<TwilioIntake> intake;

  /**
   * @param intake with the secrets as they are now
   */
  public WebhookHandling(Supplier<TwilioIntake> intake) {
    this.intake = intake;
  }

  /**
   * An answer of HTTP.
   *
   * @param body TwiML; empty for none
   */
  public record Answer(int status, String body) {
    private static Answer of(int status) {
      return new Answer(status, "");
    }
  }

  /**
   * Answers a request.
   *
   * @param rawQuery as received, not decoded; null when there is none
   * @param signature null when there is none
   */
  public Answer handle(@Nullable String rawQuery, byte[] body, @Nullable String signature) {
    if (body.length > LARGEST_BODY) {
      return Answer.of(TOO_LARGE);
    }
    Result result;
    try {
      result = intake.get().take(PATH, rawQuery, body, signature);
    } catch (RuntimeException e) {
      // A handler's outermost call: Twilio is told to come again.
      LOG.error("request of Twilio not stored", e);
      return Answer.of(UNAVAILABLE);
    }
    return switch (result) {
      case MESSAGE, REPORT, UNKNOWN_MESSAGE -> new Answer(OK, NO_REPLY);
      case DEAD_LETTER -> {
        LOG.warn("message from Twilio cannot be taken in and is in the failure queue");
        yield new Answer(OK, NO_REPLY);
      }
      case FORGED -> {
        LOG.info("request to the webhook without a valid signature");
        yield Answer.of(FORBIDDEN);
      }
      case MALFORMED -> Answer.of(BAD_REQUEST);
    };
  }
}
