package co.stopcovid.standalone.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads the body of a request, within bounds of size and time. */
public final class BoundedBody {
  private static final Duration LONGEST_READ = Duration.ofSeconds(10);

  private BoundedBody() {}

  /**
   * The whole body.
   *
   * @param largest in bytes
   * @throws Problem when it is over a bound; what is not read yet is not worth reading then, so the
   *     connection is closed
   */
  public static byte[] read(Context context, int largest) throws IOException {
    long deadline = System.nanoTime() + LONGEST_READ.toNanos();
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
