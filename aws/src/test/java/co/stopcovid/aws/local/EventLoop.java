package co.stopcovid.aws.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls event sources, each in a thread of its own, until it is closed. */
public final class EventLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  private final List<Thread> threads = new ArrayList<>();
  private final Duration idle;
  private volatile boolean isRunning = true;

  /**
   * @param idle how long to wait when there was nothing to do, or a stand-in failed
   */
  public EventLoop(List<? extends EventSource> sources, Duration idle) {
    this.idle = idle;
    for (EventSource source : sources) {
      threads.add(Thread.ofVirtual().name("event-source").start(() -> run(source)));
    }
  }

  private void run(EventSource source) {
    try {
      while (isRunning) {
        if (!poll(source)) {
          Thread.sleep(idle);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean poll(EventSource source) {
    try {
      return source.poll();
    } catch (RuntimeException e) {
      if (isRunning) {
        LOG.error("event source event=failed", e);
      }
      return false;
    }
  }

  /** Returns when no function is called any more. */
  @Override
  public void close() {
    isRunning = false;
    try {
      for (Thread thread : threads) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
