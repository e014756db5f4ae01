package co.stopcovid.standalone.cli;

import co.stopcovid.standalone.Streams;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/**
 * Says what is being done while it is done, where that takes seconds. On a terminal its last line
 * counts them, and is gone afterwards; elsewhere each thing is one line.
 */
final class Remarks {
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final String CLEAR = "\r\033[K";
  private static final int SECONDS = " … 999 s".length();

  private final PrintWriter err;
  private final boolean isTerminal;
  private final Thread counting;

  /**
   * Says it while it is done.
   *
   * @param what in words, without a full stop
   */
  static void during(Streams streams, String what, Runnable work) {
    var remarks = new Remarks(streams, what);
    try {
      work.run();
    } finally {
      remarks.end();
    }
  }

  private Remarks(Streams streams, String what) {
    this.err = streams.err();
    this.isTerminal = streams.isTerminal();
    if (!isTerminal) {
      err.println(what + " …");
      counting = Thread.ofVirtual().unstarted(() -> {});
      return;
    }
    // The line that counts must not be broken by the terminal: it could not be written anew.
    int room = streams.columns() == 0 ? 0 : streams.columns() - SECONDS;
    List<String> lines = new Columns(room).wrap(what);
    lines.subList(0, lines.size() - 1).forEach(err::println);
    counting = Thread.ofVirtual().start(() -> count(lines.getLast()));
  }

  private void count(String what) {
    try {
      for (int seconds = 0; ; seconds++) {
        err.print("%s%s … %d s".formatted(CLEAR, what, seconds));
        err.flush();
        Thread.sleep(STEP);
      }
    } catch (InterruptedException e) {
      // It is done.
    }
  }

  private void end() {
    if (isTerminal) {
      counting.interrupt();
      try {
        counting.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      err.print(CLEAR);
      err.flush();
    }
  }
}
