package co.stopcovid.bench;

import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.bench.Script.Step;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.standalone.serve.Service;
import co.stopcovid.standalone.serve.ServiceConfig;
import co.stopcovid.standalone.serve.Teaching;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A whole service, as {@code serve} runs it, with learners who answer at once. Only the provider is
 * made up, the gap between two messages of a learner is 0, and the rate of sending is not limited.
 */
final class WholePath implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 30_000;
  private static final Duration CAUGHT_UP = Duration.ofMinutes(2);

  private final ServerFigures server;
  private final Learners learners;
  private final Service service;
  private final Semaphore room;
  private final int underWay;
  private long written;

  /**
   * @param underWay learners who wait for replies at one time
   */
  WholePath(
      DatabaseUrl database,
      Path data,
      Teaching teaching,
      List<Step> script,
      int learners,
      int underWay,
      ServerFigures server) {
    this.server = server;
    this.learners = new Learners(script, learners);
    this.underWay = underWay;
    this.room = new Semaphore(underWay);
    this.service =
        Service.start(
            config(database, data),
            () -> teaching,
            Script.CODES,
            InstantSource.system(),
            this.learners);
  }

  private static ServiceConfig config(DatabaseUrl database, Path data) {
    String address = database.jdbc().substring("jdbc:postgresql://".length());
    return ServiceConfig.from(
        Map.of(
            "DIALOG_PORT",
            "0",
            "DIALOG_PUBLIC_URL",
            WebhookClient.PUBLIC_URL,
            "DIALOG_DATA_DIR",
            data.toString(),
            "DIALOG_DATABASE_URL",
            "postgresql://%s:%s@%s"
                .formatted(encode(database.user()), encode(database.password()), address),
            "DIALOG_SMS_GAP",
            "0s",
            "DIALOG_SMS_RATE",
            "1000000",
            "TWILIO_ACCOUNT_SID",
            WebhookClient.ACCOUNT,
            "TWILIO_AUTH_TOKEN",
            WebhookClient.TOKEN,
            "TWILIO_MESSAGING_SERVICE_SID",
            WebhookClient.SERVICE));
  }

  private static String encode(@Nullable String text) {
    return URLEncoder.encode(Objects.requireNonNull(text), StandardCharsets.UTF_8);
  }

  /**
   * What a run came to.
   *
   * @param commands decided on, with those that progress appended
   * @param bytes of WAL
   */
  record Run(long commands, long messages, double seconds, long bytes, ProcessorTime used) {
    double perSecond() {
      return commands / seconds;
    }

    double each(double total) {
      return total / commands;
    }

    double bytesEach() {
      return (double) bytes / commands;
    }
  }

  /** Has learners write until this many commands have gone through everything. */
  Run run(long commands) throws InterruptedException {
    learners.listen(learner -> {}, learner -> room.release());
    ServerFigures.Moment before = server.now();
    long messages = learners.handedOver();
    long start = System.nanoTime();
    for (long submitted = 0; submitted < commands; ) {
      acquire(1);
      int learner = next();
      Step step = learners.write(learner);
      submitted += step.commands();
      String sid = sid();
      var phone = Learners.phone(learner);
      var sms = new ReceiveSms(phone, step.text(), WebhookClient.form(phone, sid, step.text()));
      var _ = service.commands().submit(List.of(new NewCommand(sms, sid)));
    }
    acquire(underWay);
    room.release(underWay);
    server.awaitCaughtUp(CAUGHT_UP);
    double seconds = (System.nanoTime() - start) / 1e9;
    ServerFigures.Moment after = server.now();
    check();
    return new Run(
        after.commands() - before.commands(),
        learners.handedOver() - messages,
        seconds,
        after.walBytes() - before.walBytes(),
        after.used().minus(before.used()));
  }

  /** From now on only so many learners take the course at a time. */
  void takeTurns(int most) {
    learners.takeTurns(most);
  }

  private void acquire(int permits) throws InterruptedException {
    if (!room.tryAcquire(permits, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("no reply came for %d ms".formatted(PATIENCE_MILLIS));
    }
  }

  private int next() throws InterruptedException {
    Integer learner = learners.next(PATIENCE_MILLIS);
    if (learner == null) {
      throw new IllegalStateException("no learner was ready for %d ms".formatted(PATIENCE_MILLIS));
    }
    return learner;
  }

  private String sid() {
    return "SM%032x".formatted(++written * 0x9E3779B97F4A7C15L);
  }

  private void check() {
    if (learners.unexpected() > 0) {
      throw new IllegalStateException(learners.unexpected() + " messages came twice");
    }
    server.checkNothingFailed();
  }

  /**
   * Milliseconds from when a message was to be posted.
   *
   * @param answered until the webhook had answered
   * @param handedOver until the first reply was handed over
   */
  record Latencies(Latency answered, Latency handedOver) {}

  /** Milliseconds. */
  record Latency(double p50, double p99, double p999, double most) {
    private static Latency of(AtomicLongArray nanos) {
      long[] sorted = new long[nanos.length()];
      Arrays.setAll(sorted, nanos::get);
      return of(sorted);
    }

    private static Latency of(long[] nanos) {
      Arrays.sort(nanos);
      return new Latency(at(nanos, 0.5), at(nanos, 0.99), at(nanos, 0.999), at(nanos, 1));
    }

    private static double at(long[] nanos, double share) {
      return nanos[(int) Math.ceil(share * (nanos.length - 1))] / 1e6;
    }
  }

  /**
   * Posts to the webhook at a steady rate, whatever comes back: a message that leaves late because
   * the service is slow counts from when it should have left.
   */
  Latencies latency(int perSecond, Duration time) throws InterruptedException {
    var client = new WebhookClient(service.url());
    int count = (int) (perSecond * time.toSeconds());
    var handedOver = new AtomicLongArray(count);
    var answered = new AtomicLongArray(count);
    var failure = new AtomicReference<@Nullable Throwable>();
    Map<Integer, Integer> posts = new ConcurrentHashMap<>();
    var ended = new AtomicInteger();
    long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
    learners.listen(
        learner -> {
          Integer post = posts.remove(learner);
          if (post != null) {
            handedOver.set(post, System.nanoTime() - (start + post * interval));
          }
        },
        learner -> ended.incrementAndGet());
    try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int post = 0; post < count; post++) {
        int learner = next();
        long due = start + post * interval;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        posts.put(learner, post);
        Step step = learners.write(learner);
        Map<String, String> form = WebhookClient.form(Learners.phone(learner), sid(), step.text());
        int number = post;
        requests.execute(
            () -> {
              try {
                client.post(form);
                answered.set(number, System.nanoTime() - due);
              } catch (Exception e) {
                failure.compareAndSet(null, e);
              }
            });
      }
    }
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a message was not taken in", failed);
    }
    server.awaitCaughtUp(CAUGHT_UP);
    if (ended.get() != count) {
      throw new IllegalStateException("%d of %d were answered".formatted(ended.get(), count));
    }
    check();
    return new Latencies(Latency.of(answered), Latency.of(handedOver));
  }

  @Override
  public void close() {
    service.close();
  }
}
