package co.stopcovid.standalone.console;

import co.stopcovid.adapters.twilio.TwilioForm;
import co.stopcovid.standalone.http.BoundedBody;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the passwords that are tried. */
final class SignIn {
  private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
  private static final int LARGEST_BODY = 4_096;
  private static final int MOST_FIELDS = 5;

  private final Password password;
  private final Attempts attempts;

  SignIn(String password, InstantSource clock) {
    this.password = new Password(password);
    this.attempts = new Attempts(clock);
  }

  /** What came of an attempt. */
  sealed interface Result {
    record Right() implements Result {}

    record Wrong() implements Result {}

    record TooMany(Duration untilNext) implements Result {}
  }

  /** What the form shows. */
  record View(HttpStatus status, String problem) {
    static final View NEW = new View(HttpStatus.OK, "");
  }

  Result attempt(Context context) throws IOException {
    String address = context.req().getRemoteAddr();
    if (!attempts.take(address)) {
      LOG.warn("sign-in refused: reason=too_many address={}", address);
      return new Result.TooMany(attempts.untilNext());
    }
    if (!password.is(given(context))) {
      LOG.warn("sign-in refused: reason=wrong_password address={}", address);
      return new Result.Wrong();
    }
    LOG.info("signed in: address={}", address);
    return new Result.Right();
  }

  private static String given(Context context) throws IOException {
    String form = new String(BoundedBody.read(context, LARGEST_BODY), StandardCharsets.UTF_8);
    try {
      return TwilioForm.parse(form, MOST_FIELDS).first("password").orElse("");
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("the form cannot be read");
    }
  }
}
