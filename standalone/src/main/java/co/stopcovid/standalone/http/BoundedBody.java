package co.stopcovid.standalone.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the body of a request, within bounds of size and time. */
public final class BoundedBody {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedBody.class);
  private static final Duration LONGEST_READ = Duration.ofSeconds(10);

  private BoundedBody() {}

  /**
   * The whole body.
   *
   * @param largest in bytes
   * @throws Problem when it is over a bound; what is not read yet is not worth reading then, so the
   *     connection is closed
   */
  public static byte[] read(Context context, int largest) {
    long deadline = System.nanoTime() + LONGEST_READ.toNanos();
    try {
      return read(context, largest, deadline);
    } catch (IOException e) {
      // Whoever asked is gone, or silent: there is nobody to answer.
      LOG.info("request broken off before its body had come: reason={}", e.getMessage());
      throw Problem.closing(HttpStatus.BAD_REQUEST, "the body did not come whole");
    }
  }

  private static byte[] read(Context context, int largest, long deadline) throws IOException {
    var body = new ByteArrayOutputStream();
    var buffer = new byte[8_192];
    try (InputStream stream = context.req().getInputStream()) {
      int count = stream.read(buffer);
      while (count >= 0 && body.size() <= largest) {
        if (System.nanoTime() > deadline) {
          throw Problem.closing(HttpStatus.REQUEST_TIMEOUT, "the body did not come in time");
        }
        body.write(buffer, 0, count);
        count = stream.read(buffer);
      }
    }
    if (body.size() > largest) {
      throw Problem.closing(
          HttpStatus.CONTENT_TOO_LARGE,
          "the body has more than %d bytes; send less at once".formatted(largest));
    }
    return body.toByteArray();
  }
}
