package co.stopcovid.testkit.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs things at the same moment, each in a thread of its own. */
public final class Race {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Race() {}

  /**
   * The results, in the order of the runners.
   *
   * @throws AssertionError when one fails, or does not come to its end
   */
  public static <T> List<T> run(List<Callable<T>> runners) throws InterruptedException {
    var start = new CyclicBarrier(runners.size());
    ExecutorService threads = Executors.newFixedThreadPool(runners.size());
    try {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> runner : runners) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return runner.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : running) {
        results.add(future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("one of those who raced failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("a race came to no end within " + PATIENCE, e);
    } finally {
      threads.shutdownNow();
    }
  }
}
