package co.stopcovid.standalone.http;

import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.adapters.twilio.TwilioIntake;
import co.stopcovid.adapters.twilio.TwilioIntake.Result;
import co.stopcovid.adapters.twilio.TwilioSignature;
import co.stopcovid.dialog.OverloadedException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /webhooks/twilio}: learners' messages and reports on ours. A message is answered with
 * empty TwiML once its command is committed, so that what Twilio was told is taken in is.
 */
public final class TwilioRoute {
  public static final String PATH = "/webhooks/twilio";

  /** Told to Twilio behind the address: try again up to five times when there is no answer. */
  public static final String RETRIES = "#rc=5&rp=5xx,ct,rt";

  /** Forty times what Twilio sends. */
  static final int LARGEST_BODY = 65_536;

  private static final Logger LOG = LoggerFactory.getLogger(TwilioRoute.class);
  private static final String NO_REPLY =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";
  private static final String RETRY_SECONDS = "1";

  private final TwilioIntake intake;
  private final Observer observer;

  /** Told of every result, to count it. */
  @FunctionalInterface
  public interface Observer {
    void taken(Result result, Duration took);

    /** It could not be taken in now: Twilio was told to come again. */
    default void putOff() {}
  }

  public TwilioRoute(TwilioIntake intake, Observer observer) {
    this.intake = intake;
    this.observer = observer;
  }

  public void register(JavalinConfig config) {
    config.routes.post(PATH, this::handle);
  }

  private void handle(Context context) throws IOException {
    try {
      take(context, BoundedBody.read(context, LARGEST_BODY));
    } catch (Problem problem) {
      problem.answer(context);
    }
  }

  private void take(Context context, byte[] body) {
    long start = System.nanoTime();
    Result result;
    try {
      result =
          intake.take(
              context.req().getRequestURI(),
              context.req().getQueryString(),
              body,
              context.header(TwilioSignature.HEADER));
    } catch (OverloadedException e) {
      LOG.warn("message from Twilio put off: waiting={}", e.waiting());
      comeAgain(context);
      return;
    } catch (StorageException e) {
      LOG.error("request of Twilio not stored", e);
      comeAgain(context);
      return;
    }
    observer.taken(result, Duration.ofNanos(System.nanoTime() - start));
    answer(context, result);
  }

  private void comeAgain(Context context) {
    observer.putOff();
    context.header("Retry-After", RETRY_SECONDS).status(HttpStatus.SERVICE_UNAVAILABLE);
  }

  private void answer(Context context, Result result) {
    switch (result) {
      case MESSAGE, REPORT -> noReply(context);
      case UNKNOWN_MESSAGE -> {
        LOG.info("report on a message that is not in the ledger");
        noReply(context);
      }
      case DEAD_LETTER -> {
        LOG.warn("message from Twilio cannot be taken in and is in the dead letters");
        noReply(context);
      }
      case FORGED -> {
        LOG.warn(
            "request to the webhook without a valid signature: it must be signed with the auth"
                + " token, for address={}",
            intake.signedAddress(PATH));
        context.status(HttpStatus.FORBIDDEN);
      }
      case MALFORMED -> context.status(HttpStatus.BAD_REQUEST);
    }
  }

  private static void noReply(Context context) {
    context.status(HttpStatus.OK).contentType("text/xml; charset=utf-8").result(NO_REPLY);
  }
}
