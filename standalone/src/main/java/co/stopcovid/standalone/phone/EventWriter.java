package co.stopcovid.standalone.phone;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes server-sent events; each goes out at once. */
final class EventWriter implements AutoCloseable {
  /** How soon a browser connects again. */
  private static final int RETRY_MILLIS = 1_000;

  private final OutputStream out;

  /** Whoever read is not there any more, or reads too slowly. */
  static final class GoneException extends IOException {
    private static final long serialVersionUID = 1L;

    GoneException(IOException cause) {
      super(cause);
    }
  }

  EventWriter(HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/event-stream; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    this.out = response.getOutputStream();
    send("retry: " + RETRY_MILLIS + "\n\n");
  }

  void message(PhoneStream.Step step) throws GoneException {
    // JSON has no line breaks of its own.
    send("id: %s\ndata: %s\n\n".formatted(step.cursor(), PhoneJson.write(step.message())));
  }

  /** What was said before is shown; now it is live. */
  void caughtUp() throws GoneException {
    send("event: live\ndata: {}\n\n");
  }

  /** A comment, which readers pass over; it keeps the connection from being taken for dead. */
  void heartbeat() throws GoneException {
    send(":\n\n");
  }

  private void send(String text) throws GoneException {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new GoneException(e);
    }
  }

  @Override
  public void close() throws GoneException {
    try {
      out.close();
    } catch (IOException e) {
      throw new GoneException(e);
    }
  }
}
