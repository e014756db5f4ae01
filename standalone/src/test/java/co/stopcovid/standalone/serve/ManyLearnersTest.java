package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A thousand learners do a drill at once: each gets what the engine alone has for them. */
@Order(3) // Takes long.
class ManyLearnersTest {
  private static final int LEARNERS = 1_000;
  private static final long SEED = 42;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void everyTranscriptIsRightAndInOrder() throws Exception {
    try (var service = ServiceUnderTest.start(InstantSource.system(), Map.of());
        var learners = new Learners(service.twilio, service.webhooks, SEED, 1, PATIENCE)) {
      learners.begin(LEARNERS);
      learners.awaitAll();
      service.settle();

      for (Learner learner : learners.all()) {
        ExpectedConversation expected = learner.expected();
        assertThat(service.twilio.textsTo(expected.phone().value())).isEqualTo(expected.texts());
      }
      assertThat(service.number("select count(*) from inbound_messages"))
          .isEqualTo(learners.said());
      assertThat(
              service.number(
                  "select count(*) from drill_statuses where completed_time is not null"))
          .isEqualTo(LEARNERS);
      assertThat(service.number("select count(*) from dead_letters")).isZero();
    }
  }
}
