package co.stopcovid.standalone;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a command reads and writes, always in UTF-8, whatever the locale.
 *
 * @param out the results
 * @param err everything else
 * @param isTerminal whether a person types and reads there
 * @param columns of the terminal; 0 when that is not known, or there is none
 */
public record Streams(
    InputStream in, OutputStream out, PrintWriter err, boolean isTerminal, int columns) {
  private static final int NARROWEST = 20;

  public Streams {
    columns = columns < NARROWEST ? 0 : columns;
  }

  public Streams(InputStream in, OutputStream out, PrintWriter err, boolean isTerminal) {
    this(in, out, err, isTerminal, 0);
  }

  /** Those of this process, unbuffered: a failed write is seen at once. */
  static Streams ofProcess() {
    boolean isTerminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new Streams(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        writer(new FileOutputStream(FileDescriptor.err)),
        isTerminal,
        // The launcher has asked the terminal.
        isTerminal ? Integer.getInteger("dialog.columns", 0) : 0);
  }

  /** For results that are text. */
  public PrintWriter results() {
    return writer(out);
  }

  private static PrintWriter writer(OutputStream out) {
    return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
  }
}
