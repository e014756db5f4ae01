package co.stopcovid.standalone.phone;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.OverloadedException;
import co.stopcovid.sms.MessageLog;
import co.stopcovid.standalone.http.BoundedBody;
import co.stopcovid.standalone.http.Problem;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * {@code /phone/{number}/messages}: GET follows a simulated phone's conversation as server-sent
 * events, first what was said before, then what is live; POST says something on it. Only for
 * deployments without a provider.
 */
public final class PhoneRoutes {
  public static final String PATH = "/phone/{number}/messages";

  /** Room for the longest text with every character escaped. */
  static final int LARGEST_BODY = 7 * ReceiveSms.MAX_BODY;

  static final String KEY = "Idempotency-Key";

  private static final Logger LOG = LoggerFactory.getLogger(PhoneRoutes.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final SimulatedPhones phones;
  private final PhoneInbox inbox;
  private final MessageLog log;
  private final Predicate<Context> mayUse;
  private final InstantSource clock;
  private final Duration heartbeat;

  /**
   * @param mayUse whether a request shows that it may use the phones
   */
  public PhoneRoutes(
      SimulatedPhones phones,
      CommandStream commands,
      MessageLog log,
      Predicate<Context> mayUse,
      InstantSource clock) {
    this(phones, commands, log, mayUse, clock, HEARTBEAT);
  }

  /**
   * @param heartbeat how long the stream is silent at most
   */
  PhoneRoutes(
      SimulatedPhones phones,
      CommandStream commands,
      MessageLog log,
      Predicate<Context> mayUse,
      InstantSource clock,
      Duration heartbeat) {
    this.phones = phones;
    this.inbox = new PhoneInbox(commands, phones);
    this.log = log;
    this.mayUse = mayUse;
    this.clock = clock;
    this.heartbeat = heartbeat;
  }

  public void register(JavalinConfig config) {
    register(config, PATH);
  }

  /** Under another path, which must have a parameter {@code number}. */
  public void register(JavalinConfig config, String path) {
    config.routes.get(path, guarded(this::follow));
    config.routes.post(path, guarded(this::write));
  }

  private Handler guarded(Handler handler) {
    return context -> {
      try {
        if (!mayUse.test(context)) {
          throw Problem.unauthorized();
        }
        handler.handle(context);
      } catch (Problem problem) {
        problem.answer(context);
      } catch (OverloadedException | StorageException e) {
        LOG.warn("simulated phone put off: reason={}", e.getMessage());
        Problem.tryAgain("nothing was done; try again in a moment").answer(context);
      }
    };
  }

  private void write(Context context) throws IOException {
    PhoneNumber phone = number(context);
    String key = context.header(KEY);
    if (key == null || key.isBlank() || key.length() > PhoneInbox.LONGEST_KEY) {
      throw Problem.badRequest(
          "the header %s must have 1 to %d characters".formatted(KEY, PhoneInbox.LONGEST_KEY));
    }
    SequenceNumber seq;
    try {
      seq = inbox.take(phone, key, text(BoundedBody.read(context, LARGEST_BODY)));
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
    context
        .status(HttpStatus.ACCEPTED)
        .contentType("application/json")
        .result(Json.write(json -> PhoneJson.writeAccepted(json, seq)));
  }

  private static String text(byte[] body) {
    JsonNode text = Json.parse(body).path("text");
    if (!text.isString()) {
      throw new MalformedJsonException("the message must be {\"text\":\"…\"}");
    }
    return text.stringValue();
  }

  private void follow(Context context) throws IOException {
    PhoneNumber phone = number(context);
    String last = context.header("Last-Event-ID");
    PhoneCursor cursor =
        last == null
            ? PhoneCursor.START
            : PhoneCursor.parse(last)
                .orElseThrow(() -> Problem.badRequest("the Last-Event-ID is none of this stream"));
    try (PhoneLine line =
        phones
            .connect(phone)
            .orElseThrow(() -> Problem.tryAgain("too many phones are connected"))) {
      stream(context, line, new PhoneStream(line, log, clock, cursor));
    }
  }

  private void stream(Context context, PhoneLine line, PhoneStream bubbles) throws IOException {
    // Before anything is sent, so that a database out of reach is an answer of its own.
    var history = bubbles.history();
    try (var events = new EventWriter(context.res())) {
      for (var step : history) {
        events.message(step);
      }
      events.caughtUp();
      long lookAgain = System.nanoTime() + heartbeat.toNanos();
      while (line.isOpen()) {
        var step = bubbles.next(heartbeat);
        if (step.isPresent()) {
          events.message(step.get());
        }
        if (line.isOpen() && System.nanoTime() >= lookAgain) {
          for (var missed : bubbles.missed()) {
            events.message(missed);
          }
          events.heartbeat();
          lookAgain = System.nanoTime() + heartbeat.toNanos();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StorageException e) {
      LOG.warn("simulated phone disconnected: reason={}", e.getMessage());
    } catch (EventWriter.GoneException e) {
      LOG.debug("simulated phone went away");
    }
  }

  private static PhoneNumber number(Context context) {
    try {
      return new PhoneNumber(context.pathParam("number"));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
