package co.stopcovid.standalone.phone;

import co.stopcovid.common.PhoneNumber;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What is live on one connected phone. A phone that reads too slowly is cut off; it can connect
 * again and go on where it was.
 */
final class PhoneLine implements AutoCloseable {
  static final int MOST_WAITING = 256;

  private final PhoneNumber phone;
  private final BlockingQueue<Optional<PhoneMessage>> waiting =
      new LinkedBlockingQueue<>(MOST_WAITING);
  private final Consumer<PhoneLine> hangUp;
  private volatile boolean open = true;

  /**
   * @param hangUp told when the line is closed
   */
  PhoneLine(PhoneNumber phone, Consumer<PhoneLine> hangUp) {
    this.phone = phone;
    this.hangUp = hangUp;
  }

  PhoneNumber phone() {
    return phone;
  }

  void offer(PhoneMessage bubble) {
    if (open && !waiting.offer(Optional.of(bubble))) {
      close();
    }
  }

  /** The next bubble; empty when none came in that time, or the line was closed. */
  Optional<PhoneMessage> next(Duration longest) throws InterruptedException {
    if (!open) {
      return Optional.empty();
    }
    Optional<PhoneMessage> next = waiting.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
    return next == null || !open ? Optional.empty() : next;
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    waiting.clear();
    // Wakes whoever waits.
    waiting.offer(Optional.empty());
    hangUp.accept(this);
  }
}
