package co.stopcovid.aws.kinesis;

import co.stopcovid.common.SequenceNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The holders of keys in memory. Threads may share it. */
public final class InMemoryCommandKeys implements CommandKeys {
  private record Claim(SequenceNumber number, Instant expires) {}

  private final Map<String, Claim> claims = new HashMap<>();
  private final Duration lifetime;
  private final InstantSource clock;

  /**
   * @param lifetime a claim expires this long after it was made
   */
  public InMemoryCommandKeys(Duration lifetime, InstantSource clock) {
    this.lifetime = lifetime;
    this.clock = clock;
  }

  @Override
  public synchronized Map<String, SequenceNumber> find(Set<String> keys) {
    Map<String, SequenceNumber> holders = new HashMap<>();
    for (String key : keys) {
      Claim claim = claims.get(key);
      if (claim != null && claim.expires().isAfter(clock.instant())) {
        holders.put(key, claim.number());
      }
    }
    return holders;
  }

  @Override
  public synchronized Map<String, SequenceNumber> claim(Map<String, SequenceNumber> numbers) {
    Map<String, SequenceNumber> holders = new HashMap<>(find(numbers.keySet()));
    numbers.forEach(
        (key, number) -> {
          if (holders.putIfAbsent(key, number) == null) {
            claims.put(key, new Claim(number, clock.instant().plus(lifetime)));
          }
        });
    return holders;
  }
}
