package co.stopcovid.standalone.serve;

import co.stopcovid.testkit.twilio.FakeTwilio;
import co.stopcovid.testkit.twilio.TwilioWebhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Learners who live at the same time, each in a thread. */
final class Learners implements AutoCloseable {
  private static final int NUMBERS = 99;
  private static final int FIRST_AREA = 202;
  private static final int FIRST_NUMBER = 101;

  private final FakeTwilio twilio;
  private final TwilioWebhooks webhooks;
  private final long seed;
  private final int drills;
  private final Duration patience;
  private final Teaching teaching = ServiceUnderTest.teaching();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Learner> learners = new ArrayList<>();
  private final List<Future<?>> lives = new ArrayList<>();

  /**
   * @param drills that each does
   * @param patience of each to wait for a message
   */
  Learners(FakeTwilio twilio, TwilioWebhooks webhooks, long seed, int drills, Duration patience) {
    this.twilio = twilio;
    this.webhooks = webhooks;
    this.seed = seed;
    this.drills = drills;
    this.patience = patience;
  }

  /** More of them begin. */
  void begin(int count) {
    for (int i = 0; i < count; i++) {
      int number = learners.size();
      var learner =
          new Learner(
              new ExpectedConversation(phone(number), teaching),
              twilio,
              webhooks,
              seed + number,
              drills,
              patience);
      learners.add(learner);
      lives.add(
          threads.submit(
              () -> {
                learner.learn();
                return null;
              }));
    }
  }

  /** Fictional numbers, in many areas. */
  private static String phone(int number) {
    return "+1%d5550%d".formatted(FIRST_AREA + number / NUMBERS, FIRST_NUMBER + number % NUMBERS);
  }

  /** Waits until all have done their drills and got what they were to get. */
  void awaitAll() throws ExecutionException, InterruptedException {
    for (Future<?> life : lives) {
      life.get();
    }
  }

  List<Learner> all() {
    return List.copyOf(learners);
  }

  long said() {
    return learners.stream().mapToLong(Learner::said).sum();
  }

  /** A file with the code that they register with. */
  static Path codes(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("codes.json"),
        "{\"acme\":{\"is_demo\":false,\"account_info\":{\"company\":\"Acme\"}}}");
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
