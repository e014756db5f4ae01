package co.stopcovid.bench;

import co.stopcovid.bench.Script.Step;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.SendResult;
import co.stopcovid.sms.SmsGateway;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The learners, and the provider that carries messages to them: each learner answers once all
 * replies to the message before are there. For any thread.
 */
final class Learners implements SmsGateway {
  private static final int AREAS = 10;
  private static final long FIRST_AREA = 201;

  private final List<Step> script;
  private final int[] reached;
  private final AtomicIntegerArray awaited;
  private final LinkedBlockingQueue<Integer> ready = new LinkedBlockingQueue<>();
  private final Queue<Integer> others = new ConcurrentLinkedQueue<>();
  private final AtomicLong handedOver = new AtomicLong();
  private final AtomicLong unexpected = new AtomicLong();
  private volatile IntConsumer firstReply = learner -> {};
  private volatile IntConsumer allReplies = learner -> {};

  Learners(List<Step> script, int count) {
    this.script = script;
    this.reached = new int[count];
    this.awaited = new AtomicIntegerArray(count);
    for (int learner = 0; learner < count; learner++) {
      ready.add(learner);
    }
  }

  /**
   * Numbers in several places that have known areas, with an exchange that is given to nobody in
   * particular.
   */
  static PhoneNumber phone(int learner) {
    long area = FIRST_AREA + learner % AREAS;
    return new PhoneNumber("+1" + (area * 10_000_000 + 5_550_000 + learner / AREAS));
  }

  private static int learner(PhoneNumber phone) {
    long number = Long.parseLong(phone.value().substring(2));
    return (int) ((number % 10_000_000 - 5_550_000) * AREAS + number / 10_000_000 - FIRST_AREA);
  }

  /** Tells of the first reply to a learner's message, and of the last. */
  void listen(IntConsumer first, IntConsumer last) {
    firstReply = first;
    allReplies = last;
  }

  /**
   * From now on only so many take the course at a time; the others follow as those end. So the load
   * is the same however many learners there are. None may wait for replies at this moment.
   */
  void takeTurns(int most) {
    int waiting = ready.drainTo(others);
    if (waiting < reached.length) {
      throw new IllegalStateException("learners wait for replies");
    }
    for (int i = 0; i < most; i++) {
      beginNext();
    }
  }

  private void beginNext() {
    Integer learner = others.poll();
    if (learner != null) {
      ready.add(learner);
    }
  }

  /** The next learner to write; null when all wait for replies, for so long. */
  @Nullable Integer next(long millis) throws InterruptedException {
    return ready.poll(millis, TimeUnit.MILLISECONDS);
  }

  /** What this learner writes next; the replies to it are expected from now on. */
  Step write(int learner) {
    Step step = script.get(reached[learner]++);
    awaited.set(learner, step.replies());
    return step;
  }

  /** How many messages the provider took. */
  long handedOver() {
    return handedOver.get();
  }

  /** How many messages came that nobody waited for: repeated ones. */
  long unexpected() {
    return unexpected.get();
  }

  @Override
  public SendResult send(OutboundId id, OutboundMessage message) {
    handedOver.incrementAndGet();
    int learner = learner(id.phone());
    if (id.index() == 0) {
      firstReply.accept(learner);
    }
    int left = awaited.decrementAndGet(learner);
    if (left == 0) {
      if (reached[learner] < script.size()) {
        ready.add(learner);
      } else {
        beginNext();
      }
      allReplies.accept(learner);
    } else if (left < 0) {
      unexpected.incrementAndGet();
    }
    return new SendResult.Accepted("SM" + id.phone().value().substring(1) + "-" + id.token());
  }

  @Override
  public Lookup find(OutboundId id, OutboundMessage message, Instant since) {
    unexpected.incrementAndGet();
    return new Lookup.NoAnswer("a benchmark leaves no message in doubt");
  }
}
