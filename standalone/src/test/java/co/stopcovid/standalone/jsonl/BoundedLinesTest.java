package co.stopcovid.standalone.jsonl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.standalone.jsonl.BoundedLines.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {
  private static final int LIMIT = 10;

  @Test
  void linesEndWithOrWithoutCarriageReturnAndTheLastNeedsNoEnd() throws IOException {
    assertThat(read("a\r\n\nb".getBytes(UTF_8)))
        .containsExactly(new Line.Text(1, "a"), new Line.Text(2, ""), new Line.Text(3, "b"));
  }

  @Test
  void anEmptyInputHasNoLines() throws IOException {
    assertThat(read(new byte[0])).isEmpty();
    assertThat(read("\n".getBytes(UTF_8))).containsExactly(new Line.Text(1, ""));
  }

  @Test
  void aLineOfTheLimitIsReadAndALongerOneIsPassedOver() throws IOException {
    assertThat(read("1234567890\n12345678901\nnext\n".getBytes(UTF_8)))
        .containsExactly(
            new Line.Text(1, "1234567890"),
            new Line.Bad(2, "the line has more than 10 bytes"),
            new Line.Text(3, "next"));
  }

  @Test
  void aLongLastLineWithoutEndIsPassedOverToo() throws IOException {
    assertThat(read("12345678901".getBytes(UTF_8)))
        .containsExactly(new Line.Bad(1, "the line has more than 10 bytes"));
  }

  @Test
  void aLineThatIsNotUtf8IsBadAndTheNextIsNot() throws IOException {
    byte[] bytes = {'a', (byte) 0xC3, '\n', 'b', '\n'};
    assertThat(read(bytes))
        .containsExactly(new Line.Bad(1, "the line is not UTF-8"), new Line.Text(2, "b"));
  }

  @Test
  void aCharacterMayLieAcrossTwoReads() throws IOException {
    InputStream oneByteAtATime =
        new ByteArrayInputStream("niño\n你\n".getBytes(UTF_8)) {
          @Override
          public synchronized int read(byte[] bytes, int from, int length) {
            return super.read(bytes, from, 1);
          }

          @Override
          public int read(byte[] bytes) {
            return read(bytes, 0, 1);
          }
        };
    assertThat(readAll(new BoundedLines(oneByteAtATime, LIMIT)))
        .containsExactly(new Line.Text(1, "niño"), new Line.Text(2, "你"));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
    assertThat(read("\uFEFFa\n\uFEFFb\n".getBytes(UTF_8)))
        .containsExactly(new Line.Text(1, "a"), new Line.Text(2, "\uFEFFb"));
  }

  @Test
  void aLineIsGivenBeforeMoreIsRead() throws IOException {
    InputStream stuckAfterOneLine =
        new InputStream() {
          private boolean given;

          @Override
          public int read() {
            throw new AssertionError("reads byte by byte");
          }

          @Override
          public int read(byte[] bytes, int from, int length) {
            if (given) {
              throw new AssertionError("reads on although a line is there");
            }
            given = true;
            bytes[from] = 'a';
            bytes[from + 1] = '\n';
            return 2;
          }
        };
    assertThat(new BoundedLines(stuckAfterOneLine, LIMIT).next()).isEqualTo(new Line.Text(1, "a"));
  }

  private static List<Line> read(byte[] bytes) throws IOException {
    return readAll(new BoundedLines(new ByteArrayInputStream(bytes), LIMIT));
  }

  private static List<Line> readAll(BoundedLines lines) throws IOException {
    List<Line> all = new ArrayList<>();
    for (Line line = lines.next(); line != null; line = lines.next()) {
      all.add(line);
    }
    return all;
  }
}
