package co.stopcovid.standalone.workers;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.running.VerdictCalls;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Learners whose messages wait until the registration service has answered about a code, and the
 * codes that it has answered about since. Codes come from any thread; the rest is one worker's.
 */
public final class AwaitedCodes implements VerdictCalls {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Queue<RegistrationCode> answered = new ConcurrentLinkedQueue<>();
  private final Map<RegistrationCode, Set<PhoneNumber>> learners = new HashMap<>();

  /** The service has answered about a code, or has been silent about it for long enough. */
  public void answered(RegistrationCode code) {
    answered.add(code);
  }

  @Override
  public void await(Map<PhoneNumber, RegistrationCode> codes) {
    codes.forEach(
        (phone, code) -> learners.computeIfAbsent(code, first -> new HashSet<>()).add(phone));
  }

  /** Everybody is called, unless the question was lost in a crash. */
  @Override
  public Duration longest() {
    return LONGEST;
  }

  /** The learners who need not wait any longer; each is told of once. */
  Set<PhoneNumber> released() {
    Set<PhoneNumber> released = new HashSet<>();
    for (RegistrationCode code = answered.poll(); code != null; code = answered.poll()) {
      Set<PhoneNumber> waited = learners.remove(code);
      if (waited != null) {
        released.addAll(waited);
      }
    }
    return released;
  }
}
