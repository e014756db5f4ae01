package co.stopcovid.aws.dynamo;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does independent calls at the same time, on virtual threads. */
final class Parallel {
  /** As many calls are on their way at most. */
  static final int MOST_AT_ONCE = 32;

  private Parallel() {}

  /**
   * Does the work for each item and returns when all is done. When one fails, no more are begun,
   * those under way come to their end, and the first failure is thrown.
   */
  static <T> void forEach(Collection<T> items, Consumer<T> work) {
    if (items.size() <= 1) {
      items.forEach(work);
      return;
    }
    Queue<T> open = new ConcurrentLinkedQueue<>(items);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = Math.min(MOST_AT_ONCE, items.size()); i > 0; i--) {
        threads.execute(() -> drain(open, work, failure));
      }
    }
    switch (failure.get()) {
      case null -> {
        if (!open.isEmpty()) {
          throw new IllegalStateException("interrupted before all was done");
        }
      }
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      case Throwable other -> throw new AssertionError("no checked exceptions here", other);
    }
  }

  private static <T> void drain(
      Queue<T> open, Consumer<T> work, AtomicReference<@Nullable Throwable> failure) {
    try {
      for (T item = open.poll(); item != null && failure.get() == null; item = open.poll()) {
        work.accept(item);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }
}
