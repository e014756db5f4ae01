package co.stopcovid.standalone.simulate;

import co.stopcovid.sms.OutboundMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.WCWidth;
import org.jspecify.annotations.Nullable;

/** A phone drawn in a terminal, with line editing and history. */
public final class TerminalScreen implements Screen, AutoCloseable {
  private static final String GREEN = "32";
  private static final String CYAN = "36";
  private static final String DIM = "2";
  private static final int MARGIN = 2;
  private static final int USUAL_WIDTH = 80;

  private final Terminal terminal;
  private final boolean colour;
  private final LineReader reader;
  private final String prompt;

  /**
   * @param completions what the Tab key offers
   */
  public TerminalScreen(Terminal terminal, boolean colour, Collection<String> completions) {
    this.terminal = terminal;
    this.colour = colour;
    this.prompt = styled("you ›", GREEN) + " ";
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(new WholeLine())
            .completer(
                (lineReader, line, candidates) ->
                    completions.stream().map(Candidate::new).forEach(candidates::add))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
  }

  /** The terminal of this process. The native library is asked first: it starts the quickest. */
  public static Terminal open() throws IOException {
    return TerminalBuilder.builder()
        .system(true)
        .providers("jni,ffm,exec")
        .encoding(StandardCharsets.UTF_8)
        .build();
  }

  /** A message is one word: no quotes, no escapes. */
  private static final class WholeLine extends DefaultParser {
    WholeLine() {
      setQuoteChars(new char[0]);
      setEscapeChars(new char[0]);
    }

    @Override
    public boolean isDelimiterChar(CharSequence line, int position) {
      return false;
    }
  }

  /**
   * {@inheritDoc} Ctrl-C clears a line that was begun, and ends on an empty one. Once after it
   * cleared one it does not end: it may be the same Ctrl-C, reported twice.
   */
  @Override
  public @Nullable String read() {
    boolean cleared = false;
    while (true) {
      try {
        return reader.readLine(prompt);
      } catch (UserInterruptException e) {
        boolean empty = e.getPartialLine().isEmpty();
        if (empty && !cleared) {
          return null;
        }
        cleared = !empty;
      } catch (EndOfFileException e) {
        return null;
      }
    }
  }

  @Override
  public void message(OutboundMessage message) {
    if (message.body() != null) {
      bubble(message.body());
    }
    if (message.mediaUrl() != null) {
      bubble("[picture] " + message.mediaUrl());
    }
  }

  private void bubble(String text) {
    print(layout().draw(text).stream().map(this::framed));
  }

  /** Above the line that is being typed, if one is. */
  private void print(Stream<String> lines) {
    reader.printAbove(
        lines.map(line -> " ".repeat(MARGIN) + line).collect(Collectors.joining("\n")));
  }

  /** Only the frame is in colour, so that the text reads well on any background. */
  private String framed(String line) {
    int end = line.length() - 1;
    return line.startsWith(Bubble.SIDE)
        ? styled(Bubble.SIDE, CYAN) + line.substring(1, end) + styled(Bubble.SIDE, CYAN)
        : styled(line, CYAN);
  }

  @Override
  public void said(String text) {
    reader.printAbove(prompt + String.join("\n" + " ".repeat(MARGIN), layout().wrap(text)));
  }

  @Override
  public void note(String text) {
    print(layout().wrap(text).stream().map(line -> styled(line, DIM)));
  }

  @Override
  public void show(String text) {
    Bubble layout = layout();
    print(text.lines().flatMap(line -> layout.indented(line).stream()));
  }

  private Bubble layout() {
    int width = terminal.getColumns();
    return new Bubble(width > 0 ? width : USUAL_WIDTH, WCWidth::wcwidth);
  }

  private String styled(String text, String style) {
    return colour ? "\033[" + style + "m" + text + "\033[0m" : text;
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
