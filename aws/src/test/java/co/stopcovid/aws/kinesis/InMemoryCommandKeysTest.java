package co.stopcovid.aws.kinesis;

import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import java.time.Duration;

class InMemoryCommandKeysTest extends CommandKeysContract {
  private final TestClock clock = new TestClock(Samples.NOON);
  private final CommandKeys keys = new InMemoryCommandKeys(lifetime(), clock);

  @Override
  protected CommandKeys keys() {
    return keys;
  }

  @Override
  protected Duration lifetime() {
    return Duration.ofDays(2);
  }

  @Override
  protected void advance(Duration time) {
    clock.advance(time);
  }
}
