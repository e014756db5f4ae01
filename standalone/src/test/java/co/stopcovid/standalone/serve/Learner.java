package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.testkit.twilio.FakeTwilio;
import co.stopcovid.testkit.twilio.TwilioWebhooks;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A learner who registers and does drills, by a seed: some answers are wrong, some messages come
 * without waiting for the reply to the one before. What Twilio got no 2xx for it posts again.
 */
final class Learner {
  private static final Map<String, String> ANSWERS =
      Map.ofEntries(
          Map.entry("language", "1"),
          Map.entry("name", "Ana"),
          Map.entry("soap", "soap"),
          Map.entry("how-long", "c"),
          Map.entry("when-to-wash", "b"),
          Map.entry("sanitizer", "a"),
          Map.entry("self-rating", "4"),
          Map.entry("what-to-cover", "nose"),
          Map.entry("damp-mask", "b"),
          Map.entry("take-off", "c"),
          Map.entry("lend", "b"),
          Map.entry("wash-mask", "a"),
          Map.entry("how-far", "6"),
          Map.entry("why", "b"),
          Map.entry("greeting", "a"),
          Map.entry("full-room", "c"),
          Map.entry("fresh-air", "a"),
          Map.entry("fever", "a"),
          Map.entry("tell", "yes"),
          Map.entry("cough", "b"),
          Map.entry("breathing", "b"),
          Map.entry("back-to-work", "c"));
  private static final List<String> OTHER_WORDS =
      List.of("what?", "more", "help", "5 seconds", "no idea", "two words");
  private static final Duration RETRY = Duration.ofMillis(50);

  private final ExpectedConversation expected;
  private final FakeTwilio twilio;
  private final TwilioWebhooks webhooks;
  private final RandomGenerator random;
  private final Duration patience;
  private final int drills;
  private int said;

  /**
   * @param drills how many to do
   * @param patience to wait for a message
   */
  Learner(
      ExpectedConversation expected,
      FakeTwilio twilio,
      TwilioWebhooks webhooks,
      long seed,
      int drills,
      Duration patience) {
    this.expected = expected;
    this.twilio = twilio;
    this.webhooks = webhooks;
    this.random = new Random(seed);
    this.drills = drills;
    this.patience = patience;
  }

  /** Does the drills, and waits for the last message. */
  void learn() throws InterruptedException {
    say("hello");
    say("acme");
    for (int drill = 1; drill <= drills; drill++) {
      int left = 40;
      for (String prompt = expected.prompt().orElse("");
          !prompt.isEmpty();
          prompt = expected.prompt().orElse("")) {
        assertThat(left--).as("messages left for a drill").isPositive();
        say(answer(prompt));
      }
      if (drill < drills) {
        if (random.nextInt(4) == 0) {
          awaitAll();
          say("stop");
          say("are you there?");
          say("start");
        } else {
          say("more");
        }
      }
    }
    awaitAll();
  }

  private String answer(String prompt) {
    return random.nextInt(4) == 0
        ? OTHER_WORDS.get(random.nextInt(OTHER_WORDS.size()))
        : ANSWERS.getOrDefault(prompt, "a");
  }

  private void say(String text) throws InterruptedException {
    boolean started = expected.says(text);
    post("SM%s%016x".formatted(phone().substring(1), said++), text);
    if (started || random.nextInt(3) == 0) {
      awaitAll();
    }
  }

  private void post(String sid, String text) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!isTakenIn(sid, text)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not taken in within " + patience);
      }
      Thread.sleep(RETRY);
    }
  }

  private boolean isTakenIn(String sid, String text) {
    try {
      int status = webhooks.receive(sid, phone(), text).statusCode();
      assertThat(status).isIn(200, 500, 503);
      return status == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private void awaitAll() throws InterruptedException {
    List<String> texts = expected.texts();
    assertThat(twilio.awaitTexts(phone(), texts.size(), patience))
        .as("what %s got", phone())
        .isEqualTo(texts);
  }

  ExpectedConversation expected() {
    return expected;
  }

  int said() {
    return said;
  }

  private String phone() {
    return expected.phone().value();
  }
}
