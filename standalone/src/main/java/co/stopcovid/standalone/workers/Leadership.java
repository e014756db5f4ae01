package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Lease;
import co.stopcovid.adapters.postgres.StorageException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes this process the one that works, or a standby that takes over when the other is gone. The
 * workers run while the lease is held; what they commit is right even when this thread is late,
 * because each of their transactions checks the lease.
 */
public final class Leadership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final Duration LENGTH = Duration.ofSeconds(9);
  private static final Duration RENEWAL = Duration.ofSeconds(3);
  private static final Duration ATTEMPT = Duration.ofSeconds(1);

  /** What is done while the lease is held; closing it lets what is under way come to its end. */
  public interface Work extends AutoCloseable {
    /** Whether all of it goes on. Once it does not, the lease is given up and taken anew. */
    boolean isAlive();

    @Override
    void close();
  }

  /** Begins the work of one lease. */
  @FunctionalInterface
  public interface Start {
    /**
     * @param lease the fence of the work
     * @param whenFencedOff to be told when the work was fenced off; ends the work of this lease
     *     only, however late it comes
     */
    Work start(Lease lease, Runnable whenFencedOff);
  }

  private final Database database;
  private final String name;
  private final String holder;
  private final Predicate<String> isDead;
  private final Start start;
  private final Signal signal = new Signal();
  private final AtomicLong lostEpoch = new AtomicLong(-1);
  private final Thread thread;

  /** How the lease stood when this process looked last, and since when. */
  private Optional<Lease.Seen> seen = Optional.empty();

  private long seenNanos = System.nanoTime();
  private volatile boolean stopping;
  private volatile boolean leading;

  /**
   * @param database with connections that no other work can use up
   * @param holder says who this is
   * @param isDead whether a holder is dead for certain, so that nobody has to wait for its lease
   */
  public Leadership(
      Database database, String name, String holder, Predicate<String> isDead, Start start) {
    this.database = database;
    this.name = name;
    this.holder = holder;
    this.isDead = isDead;
    this.start = start;
    this.thread = Thread.ofPlatform().name("leadership").daemon().start(this::run);
  }

  /** Whether the workers run in this process. */
  public boolean isLeading() {
    return leading;
  }

  private void lose(Lease lease) {
    lostEpoch.accumulateAndGet(lease.epoch(), Math::max);
    signal.raise();
  }

  private boolean isLost(Lease lease) {
    return lostEpoch.get() >= lease.epoch();
  }

  @SuppressWarnings("CatchingUnchecked") // The outermost loop.
  private void run() {
    boolean told = false;
    while (!stopping) {
      try {
        Optional<Lease> lease = take();
        if (lease.isPresent()) {
          lead(lease.get());
          told = false;
        } else if (!told) {
          LOG.info("another process works, this one stands by: lease={}", name);
          told = true;
        }
      } catch (InterruptedException e) {
        return;
      } catch (StorageException e) {
        LOG.error("the lease cannot be taken: lease={}", name, e);
      } catch (Throwable e) {
        LOG.error("this process cannot work: lease={}", name, e);
      }
      pause();
    }
  }

  /** Also one whose holder has not renewed it for as long as it is held, as seen from here. */
  private Optional<Lease> take() {
    Optional<Lease.Seen> now = Lease.seen(database, name);
    if (!now.equals(seen)) {
      seen = now;
      seenNanos = System.nanoTime();
    }
    boolean isStale =
        now.isPresent()
            && (isDead.test(now.get().holder())
                || System.nanoTime() - seenNanos > LENGTH.toNanos());
    return isStale
        ? Lease.take(database, name, holder, LENGTH, now.get())
        : Lease.take(database, name, holder, LENGTH);
  }

  private void lead(Lease lease) throws InterruptedException {
    LOG.info("this process works: lease={} epoch={}", name, lease.epoch());
    try {
      Work work = start.start(lease, () -> lose(lease));
      try {
        leading = true;
        hold(lease, work);
      } finally {
        leading = false;
        close(lease, work);
      }
    } finally {
      // Of no effect when another has taken over.
      lease.release();
    }
  }

  private void hold(Lease lease, Work work) throws InterruptedException {
    while (!stopping) {
      signal.await(RENEWAL);
      if (isLost(lease) || isTakenOver(lease)) {
        LOG.warn("another process has taken over: lease={} epoch={}", name, lease.epoch());
        return;
      }
      if (!stopping && !work.isAlive()) {
        LOG.error("a worker has ended, all begin anew: lease={} epoch={}", name, lease.epoch());
        return;
      }
    }
  }

  /** An outage says nothing about who holds the lease. */
  private static boolean isTakenOver(Lease lease) {
    try {
      return !lease.renew();
    } catch (StorageException e) {
      LOG.error("the lease cannot be renewed", e);
      return false;
    }
  }

  /** The lease is held until the last worker is done: what is under way takes longer than it. */
  private static void close(Lease lease, Work work) throws InterruptedException {
    Thread closing =
        Thread.ofPlatform().name("leadership-end").daemon().start(() -> closeAll(work));
    while (!closing.join(RENEWAL)) {
      if (isTakenOver(lease)) {
        LOG.warn("another process has taken over from one that stops: epoch={}", lease.epoch());
      }
    }
  }

  @SuppressWarnings("CatchingUnchecked") // Whatever happens, the lease is given up then.
  private static void closeAll(Work work) {
    try {
      work.close();
    } catch (Throwable e) {
      LOG.error("the workers did not stop as they should", e);
    }
  }

  private void pause() {
    try {
      if (!stopping) {
        signal.await(ATTEMPT);
      }
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  /** Stops the workers and lets another process take over at once. */
  @Override
  public void close() {
    stopping = true;
    signal.raise();
    try {
      thread.join(Duration.ofMinutes(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
