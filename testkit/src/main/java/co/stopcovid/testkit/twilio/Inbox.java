package co.stopcovid.testkit.twilio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The texts that one phone got, in order. Threads may wait for more. */
final class Inbox {
  private final List<String> texts = new ArrayList<>();

  synchronized void add(String text) {
    texts.add(text);
    notifyAll();
  }

  synchronized List<String> texts() {
    return List.copyOf(texts);
  }

  synchronized List<String> await(int count, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (long left = patience.toMillis(); texts.size() < count && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return List.copyOf(texts);
  }
}
