package co.stopcovid.standalone.cli;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * Says what is being done while it is done, where that takes seconds. On a terminal it is one line
 * that counts them, and gone afterwards; elsewhere each thing is one line.
 */
final class Remarks {
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final String CLEAR = "\r\033[K";

  private final PrintWriter err;
  private final boolean isTerminal;
  private final Thread counting;

  /**
   * Says it while it is done.
   *
   * @param what in words, without a full stop
   */
  static void during(PrintWriter err, boolean isTerminal, String what, Runnable work) {
    var remarks = new Remarks(err, isTerminal, what);
    try {
      work.run();
    } finally {
      remarks.end();
    }
  }

  private Remarks(PrintWriter err, boolean isTerminal, String what) {
    this.err = err;
    this.isTerminal = isTerminal;
    if (!isTerminal) {
      err.println(what + " …");
    }
    counting = Thread.ofVirtual().unstarted(() -> count(what));
    if (isTerminal) {
      counting.start();
    }
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
