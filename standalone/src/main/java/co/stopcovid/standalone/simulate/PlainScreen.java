package co.stopcovid.standalone.simulate;

import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.standalone.jsonl.BoundedLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * A transcript without colours or prompts, for a conversation that comes from a file or another
 * program: {@code you:}, {@code sms:} and {@code --} for remarks.
 */
public final class PlainScreen implements Screen {
  private static final int LONGEST_LINE_BYTES = 1 << 20;
  private static final String INDENT = "     ";

  private final BoundedLines lines;
  private final PrintWriter out;

  public PlainScreen(InputStream in, PrintWriter out) {
    lines = new BoundedLines(in, LONGEST_LINE_BYTES);
    this.out = out;
  }

  @Override
  public @Nullable String read() throws IOException {
    // Nobody reads on: there is no point in typing on.
    while (!out.checkError()) {
      switch (lines.next()) {
        case null -> {
          return null;
        }
        case BoundedLines.Line.Text(long number, String text) -> {
          print("you: ", text);
          return text;
        }
        case BoundedLines.Line.Bad(long number, String reason) ->
            note("line %d is left out: %s".formatted(number, reason));
      }
    }
    return null;
  }

  @Override
  public void message(OutboundMessage message) {
    if (message.body() != null) {
      print("sms: ", message.body());
    }
    if (message.mediaUrl() != null) {
      print("sms: ", "[picture] " + message.mediaUrl());
    }
  }

  @Override
  public void said(String text) {
    print("you: ", text);
  }

  @Override
  public void note(String text) {
    print("--   ", text);
  }

  @Override
  public void show(String text) {
    print(INDENT, text);
  }

  private synchronized void print(String label, String text) {
    String lines = label + text.strip().replace("\n", "\n" + INDENT);
    out.print(lines.stripTrailing() + "\n");
    out.flush();
  }
}
