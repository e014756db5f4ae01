package co.stopcovid.aws.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.testkit.contract.Race;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link CommandKeys} must do. */
public abstract class CommandKeysContract {
  private static final SequenceNumber ONE = SequenceNumber.of(1);
  private static final SequenceNumber TWO = SequenceNumber.of(2);

  /** Longer than a long has digits, as Kinesis has them. */
  private static final SequenceNumber LONG =
      SequenceNumber.parse("49590338271490256608559692538361571095921575989136588898");

  private final String key = "SM" + UUID.randomUUID();
  private final String other = "SM" + UUID.randomUUID();

  protected abstract CommandKeys keys();

  /** How long a claim lasts. */
  protected abstract Duration lifetime();

  /** Lets the keys' clock go on. */
  protected abstract void advance(Duration time);

  @Test
  void aKeyWithoutAClaimHasNoHolder() {
    assertThat(keys().find(Set.of(key))).isEmpty();
    assertThat(keys().find(Set.of())).isEmpty();
    assertThat(keys().claim(Map.of())).isEmpty();
  }

  @Test
  void whoClaimsFirstHoldsTheKey() {
    assertThat(keys().claim(Map.of(key, LONG))).isEqualTo(Map.of(key, LONG));
    assertThat(keys().claim(Map.of(key, ONE))).isEqualTo(Map.of(key, LONG));
    assertThat(keys().find(Set.of(key, other))).isEqualTo(Map.of(key, LONG));
  }

  @Test
  void theHolderMayClaimAgain() {
    keys().claim(Map.of(key, TWO));

    assertThat(keys().claim(Map.of(key, TWO))).isEqualTo(Map.of(key, TWO));
  }

  @Test
  void oneKeyOfACallDoesNotDecideAboutAnother() {
    keys().claim(Map.of(key, ONE));

    assertThat(keys().claim(Map.of(key, TWO, other, TWO))).isEqualTo(Map.of(key, ONE, other, TWO));
  }

  @Test
  void anExpiredClaimHoldsNothing() {
    keys().claim(Map.of(key, ONE, other, ONE));

    advance(lifetime().plusSeconds(1));

    assertThat(keys().find(Set.of(key))).isEmpty();
    assertThat(keys().claim(Map.of(key, TWO))).isEqualTo(Map.of(key, TWO));
    assertThat(keys().find(Set.of(key, other))).isEqualTo(Map.of(key, TWO));
  }

  @Test
  void aClaimLastsItsTime() {
    keys().claim(Map.of(key, ONE));

    advance(lifetime().minusSeconds(2));

    assertThat(keys().claim(Map.of(key, TWO))).isEqualTo(Map.of(key, ONE));
  }

  @Test
  void ofManyWhoClaimAtATimeAllGetTheOneHolder() throws InterruptedException {
    for (int round = 0; round < 10; round++) {
      String contested = "SM" + UUID.randomUUID();
      List<Map<String, SequenceNumber>> holders =
          Race.run(
              List.of(
                  () -> keys().claim(Map.of(contested, ONE)),
                  () -> keys().claim(Map.of(contested, TWO)),
                  () -> keys().claim(Map.of(contested, LONG))));

      assertThat(holders).containsOnly(holders.getFirst());
      assertThat(keys().find(Set.of(contested))).isEqualTo(holders.getFirst());
    }
  }
}
