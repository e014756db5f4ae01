package co.stopcovid.standalone.jsonl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lines of UTF-8 text, each bounded: of one that is too long no more than the bound is ever held,
 * and the next begins after its end. A line is given as soon as its end was read.
 */
public final class BoundedLines {
  /** A line and its number, from 1. */
  public sealed interface Line {
    long number();

    record Text(long number, String text) implements Line {}

    /** A line that cannot be read. */
    record Bad(long number, String reason) implements Line {}
  }

  private static final int BUFFER_BYTES = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final int limit;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int next;
  private int end;
  private long number;
  private boolean tooLong;

  /**
   * @param limit the most bytes of a line
   */
  public BoundedLines(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** The next line without its end; null after the last. */
  public @Nullable Line next() throws IOException {
    line.reset();
    tooLong = false;
    while (true) {
      if (next == end && !fill()) {
        return line.size() == 0 && !tooLong ? null : read();
      }
      int lineEnd = next;
      while (lineEnd < end && buffer[lineEnd] != '\n') {
        lineEnd++;
      }
      keep(next, lineEnd - next);
      next = lineEnd;
      if (lineEnd < end) {
        next++;
        return read();
      }
    }
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private void keep(int from, int length) {
    if (tooLong || line.size() + length > limit) {
      tooLong = true;
      line.reset();
    } else {
      line.write(buffer, from, length);
    }
  }

  private Line read() {
    number++;
    if (tooLong) {
      return new Line.Bad(number, "the line has more than %d bytes".formatted(limit));
    }
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(line.toByteArray()))
              .toString();
    } catch (CharacterCodingException e) {
      return new Line.Bad(number, "the line is not UTF-8");
    }
    if (number == 1 && text.indexOf(BYTE_ORDER_MARK) == 0) {
      text = text.substring(1);
    }
    return new Line.Text(number, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }
}
