package co.stopcovid.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.aws.kinesis.CommandKeys;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoCommandKeysTest {
  /** Where something may go wrong. */
  protected DynamoDbClient client() {
    return TestDynamo.client();
  }

  private final Tables tables = TestDynamo.newTables();
  private static final Duration KEEP = Duration.ofDays(8);

  /** They have 56 digits, of which the last are what differs. */
  private static final SequenceNumber FIRST =
      SequenceNumber.parse("49590338271490256608559692538361571095921575989136588898");

  private static final SequenceNumber SECOND = FIRST.next();

  private final TestClock clock = new TestClock(Samples.NOON);
  private final CommandKeys keys =
      new DynamoCommandKeys(client(), tables, clock, KEEP, TestDynamo.NO_PAUSE);
  private String key = "";

  @BeforeEach
  void begin(TestInfo test) {
    key = test.getDisplayName();
  }

  @Test
  void aKeyThatNobodyClaimedHasNoHolder() {
    assertThat(keys.find(Set.of(key))).isEmpty();
    assertThat(keys.find(Set.of())).isEmpty();
    assertThat(keys.claim(Map.of())).isEmpty();
  }

  @Test
  void whoClaimsFirstHoldsTheKey() {
    assertThat(keys.claim(Map.of(key, FIRST))).isEqualTo(Map.of(key, FIRST));

    assertThat(keys.claim(Map.of(key, SECOND))).isEqualTo(Map.of(key, FIRST));
    assertThat(keys.find(Set.of(key, "other"))).isEqualTo(Map.of(key, FIRST));
  }

  /** The holder is the first to claim, whichever number is the lower. */
  @Test
  void anEarlierNumberThatClaimsLaterIsTheRepeat() {
    keys.claim(Map.of(key, SECOND));

    assertThat(keys.claim(Map.of(key, FIRST))).isEqualTo(Map.of(key, SECOND));
  }

  @Test
  void theHolderMayClaimAgain() {
    keys.claim(Map.of(key, FIRST));

    assertThat(keys.claim(Map.of(key, FIRST))).isEqualTo(Map.of(key, FIRST));
  }

  /** DynamoDB Local deletes nothing by its expiry, and DynamoDB days late. */
  @Test
  void anExpiredClaimCountsForNothingThoughItIsStillThere() {
    keys.claim(Map.of(key, FIRST));
    clock.advance(KEEP.minusSeconds(1));
    assertThat(keys.find(Set.of(key))).containsEntry(key, FIRST);
    assertThat(keys.claim(Map.of(key, SECOND))).containsEntry(key, FIRST);

    clock.advance(Duration.ofSeconds(1));

    assertThat(keys.find(Set.of(key))).isEmpty();
    assertThat(keys.claim(Map.of(key, SECOND))).containsEntry(key, SECOND);
    assertThat(keys.claim(Map.of(key, FIRST))).containsEntry(key, SECOND);
  }

  @Test
  void manyKeysAreClaimedAndFoundAtOnce() {
    Map<String, SequenceNumber> many = new HashMap<>();
    for (int i = 0; i < 230; i++) {
      many.put(key + i, SequenceNumber.of(i));
    }
    keys.claim(Map.of(key + 7, FIRST));
    Map<String, SequenceNumber> expected = new HashMap<>(many);
    expected.put(key + 7, FIRST);

    assertThat(keys.claim(many)).isEqualTo(expected);
    assertThat(keys.find(many.keySet())).isEqualTo(expected);
  }

  @Test
  void ofTwoWhoClaimBothNameTheSameHolder() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 100; round++) {
        String contested = key + round;
        List<Future<Map<String, SequenceNumber>>> holders =
            threads.invokeAll(
                List.of(
                    () -> keys.claim(Map.of(contested, FIRST)),
                    () -> keys.claim(Map.of(contested, SECOND))));
        assertThat(holders.get(0).get()).isEqualTo(holders.get(1).get());
      }
    }
  }
}
