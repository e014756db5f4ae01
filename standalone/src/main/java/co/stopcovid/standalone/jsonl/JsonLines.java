package co.stopcovid.standalone.jsonl;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Answers each line of JSON with one line of JSON, at once. A line that cannot be answered gives
 * {@code {"line":n,"error":"…"}}, and the next is read; blank lines are passed over.
 */
public final class JsonLines {
  /** The longest line, in bytes. */
  public static final int LONGEST_LINE = 1 << 20;

  private static final int BUFFER_BYTES = 1 << 16;

  /** Answers one line. */
  public interface Answerer {
    /**
     * @return one line of JSON, without its end
     * @throws MalformedJsonException when the line has not the form that is expected
     * @throws UnanswerableException when it has, and yet cannot be answered
     */
    String answer(String line);
  }

  private JsonLines() {}

  /**
   * Reads to the end, or until nobody reads the answers any more.
   *
   * @return whether every line was answered
   * @throws IOException when the input fails
   */
  public static boolean run(InputStream in, OutputStream out, Answerer answerer)
      throws IOException {
    var lines = new BoundedLines(in, LONGEST_LINE);
    var answers = new BufferedOutputStream(out, BUFFER_BYTES);
    boolean allAnswered = true;
    for (var line = lines.next(); line != null; line = lines.next()) {
      String answer =
          switch (line) {
            case BoundedLines.Line.Bad(long number, String reason) -> {
              allAnswered = false;
              yield error(number, reason);
            }
            case BoundedLines.Line.Text(long number, String text) -> {
              if (text.isBlank()) {
                yield "";
              }
              try {
                yield answerer.answer(text);
              } catch (MalformedJsonException | UnanswerableException e) {
                allAnswered = false;
                yield error(number, reason(e));
              }
            }
          };
      if (!answer.isEmpty() && !write(answers, answer)) {
        return allAnswered;
      }
    }
    return allAnswered;
  }

  /**
   * @return false when the reader is gone, which is no error: it had enough
   */
  private static boolean write(OutputStream answers, String answer) {
    try {
      answers.write(answer.getBytes(StandardCharsets.UTF_8));
      answers.write('\n');
      answers.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A place in the text is one in this line; saying line 1 beside the line's number misleads. */
  private static String reason(RuntimeException e) {
    return String.valueOf(e.getMessage()).replace(" at line 1, column ", " at column ");
  }

  private static String error(long number, String reason) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeNumberProperty("line", number);
          json.writeStringProperty("error", reason);
          json.writeEndObject();
        });
  }
}
