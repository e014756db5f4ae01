package co.stopcovid.standalone.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that costs something to find out, and may not come at all. However many ask, it is looked
 * for by one at a time and at most once in a while; nobody waits longer than the patience.
 */
public final class Sampled<T> implements Supplier<Optional<T>> {
  private static final Logger LOG = LoggerFactory.getLogger(Sampled.class);

  private final Supplier<T> source;
  private final Duration fresh;
  private final Duration patience;
  private @Nullable CompletableFuture<T> latest;
  private long startedNanos;

  /**
   * @param fresh for how long a sample is good enough
   * @param patience how long to wait for one
   */
  public Sampled(Supplier<T> source, Duration fresh, Duration patience) {
    this.source = source;
    this.fresh = fresh;
    this.patience = patience;
  }

  /** The value; empty when it could not be had, or not in time. */
  @Override
  public Optional<T> get() {
    try {
      return Optional.of(sample().get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private synchronized CompletableFuture<T> sample() {
    CompletableFuture<T> known = latest;
    boolean goodEnough =
        known != null && (!known.isDone() || System.nanoTime() - startedNanos < fresh.toNanos());
    if (known != null && goodEnough) {
      return known;
    }
    var next = new CompletableFuture<T>();
    latest = next;
    startedNanos = System.nanoTime();
    Thread.ofVirtual().name("sample").start(() -> fill(next));
    return next;
  }

  @SuppressWarnings("CatchingUnchecked") // The outermost frame of its thread.
  private void fill(CompletableFuture<T> sample) {
    try {
      sample.complete(source.get());
    } catch (Throwable e) {
      LOG.warn("the state cannot be looked at", e);
      sample.completeExceptionally(e);
    }
  }
}
