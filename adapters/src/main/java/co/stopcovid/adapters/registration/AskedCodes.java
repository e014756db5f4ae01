package co.stopcovid.adapters.registration;

import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Registration codes of a service that may be slow. It is asked aside, each code once however many
 * learners send it, so that only they wait. What it said of a code is remembered for some seconds,
 * since a code may be taken back; its silence is told once, and then it is asked again.
 */
public final class AskedCodes implements RegistrationCodes, AutoCloseable {
  static final Duration REMEMBERED = Duration.ofSeconds(10);

  private static final int MOST_REMEMBERED = 10_000;
  private static final int MOST_AT_ONCE = 16;
  private static final int MOST_WAITING = 1_000;
  private static final CodeVerdict PENDING = new CodeVerdict.Pending();

  private final CodeService service;
  private final Duration patience;
  private final Consumer<RegistrationCode> answered;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free = new Semaphore(MOST_AT_ONCE, true);
  private final AtomicInteger waiting = new AtomicInteger();
  private final AsyncCache<RegistrationCode, CodeVerdict> answers;

  /**
   * @param patience how long a caller waits for answers; zero for one who has others to serve
   * @param answered told of a code once its verdict, or the service's silence, is there
   * @param nanoTime a clock that nobody sets, such as {@link System#nanoTime}
   */
  public AskedCodes(
      CodeService service,
      Duration patience,
      Consumer<RegistrationCode> answered,
      LongSupplier nanoTime) {
    this.service = service;
    this.patience = patience;
    this.answered = answered;
    this.answers =
        Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(MOST_REMEMBERED)
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .buildAsync();
  }

  /** {@inheritDoc} What is not there when the caller's patience ends is still asked for. */
  @Override
  public Map<RegistrationCode, CodeVerdict> check(Set<RegistrationCode> codes) {
    Map<RegistrationCode, CompletableFuture<CodeVerdict>> asked = HashMap.newHashMap(codes.size());
    codes.forEach(code -> asked.put(code, answer(code)));
    if (patience.isPositive()) {
      await(asked.values());
    }
    Map<RegistrationCode, CodeVerdict> verdicts = HashMap.newHashMap(codes.size());
    asked.forEach((code, answer) -> verdicts.put(code, told(code, answer)));
    return verdicts;
  }

  private CompletableFuture<CodeVerdict> answer(RegistrationCode code) {
    CompletableFuture<CodeVerdict> known = answers.getIfPresent(code);
    if (known != null) {
      return known;
    }
    if (waiting.get() >= MOST_WAITING) {
      return CompletableFuture.completedFuture(
          new CodeVerdict.Unavailable("too many codes are being asked about"));
    }
    return answers.get(code, (asked, executor) -> begin(asked));
  }

  private CompletableFuture<CodeVerdict> begin(RegistrationCode code) {
    waiting.incrementAndGet();
    var answer = CompletableFuture.supplyAsync(() -> ask(code), threads);
    var _ =
        answer.whenComplete(
            (verdict, failure) -> {
              waiting.decrementAndGet();
              answered.accept(code);
            });
    return answer;
  }

  private CodeVerdict ask(RegistrationCode code) {
    try {
      free.acquire();
      try {
        return service.ask(code);
      } finally {
        free.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CodeVerdict.Unavailable("interrupted");
    }
  }

  private void await(Collection<CompletableFuture<CodeVerdict>> asked) {
    try {
      CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      // Who waits for those is told that they are pending.
    } catch (ExecutionException e) {
      throw new IllegalStateException("a code could not be asked about", e.getCause());
    }
  }

  private CodeVerdict told(RegistrationCode code, CompletableFuture<CodeVerdict> answer) {
    CodeVerdict verdict = answer.getNow(PENDING);
    if (verdict instanceof CodeVerdict.Unavailable) {
      answers.asMap().remove(code, answer);
    }
    return verdict;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
