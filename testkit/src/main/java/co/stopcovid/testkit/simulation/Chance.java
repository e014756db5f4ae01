package co.stopcovid.testkit.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** All that is left to chance in a schedule, from its seed. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  /** From 0 to below the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  boolean percent(int probability) {
    return random.nextInt(100) < probability;
  }

  <T> T of(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }
}
