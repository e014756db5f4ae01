package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Lease;
import co.stopcovid.adapters.postgres.StorageException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

  private final Database database;
  private final String name;
  private final String holder;
  private final Function<Lease, AutoCloseable> start;
  private final Signal signal = new Signal();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean lost;
  private volatile boolean leading;

  /**
   * @param holder says for a person who this is
   * @param start starts the workers, fenced by the lease; closing what it returns stops them
   */
  public Leadership(
      Database database, String name, String holder, Function<Lease, AutoCloseable> start) {
    this.database = database;
    this.name = name;
    this.holder = holder;
    this.start = start;
    this.thread = Thread.ofPlatform().name("leadership").daemon().start(this::run);
  }

  /** Whether the workers run in this process. */
  public boolean isLeading() {
    return leading;
  }

  /** To be called by a worker that was fenced off. */
  public void fencedOff() {
    lost = true;
    signal.raise();
  }

  @SuppressWarnings("CatchingUnchecked") // The outermost loop.
  private void run() {
    boolean told = false;
    while (!stopping) {
      try {
        Optional<Lease> lease = Lease.take(database, name, holder, LENGTH);
        if (lease.isPresent()) {
          lead(lease.get());
          told = false;
        } else {
          if (!told) {
            LOG.info("another process works, this one stands by: lease={}", name);
            told = true;
          }
          signal.await(ATTEMPT);
        }
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) {
        LOG.error("the lease cannot be taken: lease={} reason={}", name, e.getMessage());
        pause();
      }
    }
  }

  private void lead(Lease lease) throws Exception {
    LOG.info("this process works: lease={} epoch={}", name, lease.epoch());
    lost = false;
    AutoCloseable workers = start.apply(lease);
    leading = true;
    try {
      while (!stopping && !lost) {
        signal.await(RENEWAL);
        lost |= isTakenOver(lease);
      }
    } finally {
      leading = false;
      close(workers);
    }
    if (lost) {
      LOG.warn("another process has taken over: lease={} epoch={}", name, lease.epoch());
    } else {
      lease.release();
    }
  }

  /** An outage says nothing about who holds the lease. */
  private static boolean isTakenOver(Lease lease) {
    try {
      return !lease.renew();
    } catch (StorageException e) {
      LOG.error("the lease cannot be renewed: reason={}", e.getMessage());
      return false;
    }
  }

  @SuppressWarnings("CatchingUnchecked") // Whatever happens, the lease is given up then.
  private static void close(@Nullable AutoCloseable workers) {
    try {
      if (workers != null) {
        workers.close();
      }
    } catch (Exception e) {
      LOG.error("the workers did not stop as they should", e);
    }
  }

  private void pause() {
    try {
      signal.await(ATTEMPT);
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
