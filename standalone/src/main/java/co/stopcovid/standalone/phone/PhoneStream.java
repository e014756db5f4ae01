package co.stopcovid.standalone.phone;

import co.stopcovid.sms.MessageLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One connected phone's bubbles, each once: first what the message log has, then what is live. Now
 * and then the log is looked at again for what was never live here, such as a message that another
 * process took in. Used by one thread.
 */
final class PhoneStream {
  static final int TAIL = 100;
  static final int MOST_MISSED = 1_000;
  private static final int LOOKED_AT_AGAIN = 50;
  private static final int MOST_REMEMBERED = 2 * MOST_MISSED;

  /** The log's clock may be another's. */
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);

  private final PhoneLine line;
  private final MessageLog log;
  private final InstantSource clock;
  private final PhoneCursor resumed;
  private final Set<String> shown = new LinkedHashSet<>();
  private PhoneCursor cursor;

  /**
   * @param resumed what the phone has shown already, or {@link PhoneCursor#START}
   */
  PhoneStream(PhoneLine line, MessageLog log, InstantSource clock, PhoneCursor resumed) {
    this.line = line;
    this.log = log;
    this.clock = clock;
    this.resumed = resumed;
    this.cursor = resumed;
  }

  /** A bubble, and how far the phone is once it has shown it. */
  record Step(PhoneMessage message, PhoneCursor cursor) {}

  /** What was said before, at most so much of it that a screen can hold. */
  List<Step> history() {
    return fromLog(resumed.equals(PhoneCursor.START) ? TAIL : MOST_MISSED);
  }

  /** The next bubble; empty when none came in that time, or the line is closed. */
  Optional<Step> next(Duration longest) throws InterruptedException {
    Optional<PhoneMessage> live = line.next(longest);
    if (live.isPresent() && !resumed.isAt(live.get())) {
      return step(live.get());
    }
    return Optional.empty();
  }

  /** What the log has and was not live here. */
  List<Step> missed() {
    return fromLog(LOOKED_AT_AGAIN);
  }

  private List<Step> fromLog(int limit) {
    Deque<PhoneMessage> written = new ArrayDeque<>();
    Deque<PhoneMessage> arrived = new ArrayDeque<>();
    for (var logged :
        log.conversation(line.phone(), clock.instant().plus(CLOCK_SKEW), limit).reversed()) {
      PhoneMessage bubble = PhoneMessage.of(logged).orElse(null);
      if (bubble != null && !resumed.covers(bubble)) {
        (bubble instanceof PhoneMessage.Written ? written : arrived).add(bubble);
      }
    }
    List<Step> steps = new ArrayList<>();
    for (PhoneMessage bubble : merge(written, arrived)) {
      step(bubble).ifPresent(steps::add);
    }
    return steps;
  }

  /** By time between the directions, by order within each. */
  private static List<PhoneMessage> merge(
      Deque<PhoneMessage> written, Deque<PhoneMessage> arrived) {
    List<PhoneMessage> merged = new ArrayList<>(written.size() + arrived.size());
    while (!written.isEmpty() && !arrived.isEmpty()) {
      boolean writtenFirst = !written.getFirst().time().isAfter(arrived.getFirst().time());
      merged.add((writtenFirst ? written : arrived).removeFirst());
    }
    merged.addAll(written);
    merged.addAll(arrived);
    return merged;
  }

  private Optional<Step> step(PhoneMessage bubble) {
    if (!shown.add(bubble.id())) {
      return Optional.empty();
    }
    if (shown.size() > MOST_REMEMBERED) {
      shown.remove(shown.iterator().next());
    }
    cursor = cursor.with(bubble);
    return Optional.of(new Step(bubble, cursor));
  }
}
