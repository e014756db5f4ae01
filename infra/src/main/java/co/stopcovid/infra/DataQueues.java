package co.stopcovid.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.DeduplicationScope;
import software.amazon.awscdk.services.sqs.FifoThroughputLimit;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** The queues of a stage. Messages wait 14 days, the longest that SQS keeps them; not wake-ups. */
final class DataQueues {
  static final String OUTBOUND = "outbound-sms";
  static final String WAKE = "sms-wake";
  static final String REPORTS = "delivery-reports";
  static final String MESSAGE_LOG = "message-log";
  static final String CODES = "codes-to-check";
  static final String FAILED_COMMANDS = "failed-commands";
  static final String FAILED_EVENTS = "failed-events";

  /** What a function is the consumer of. */
  static final List<String> CONSUMED = List.of(OUTBOUND, WAKE, REPORTS, MESSAGE_LOG, CODES);

  /** What a person reads, and RedriveFunction on their behalf. */
  static final List<String> FAILURES = List.of(FAILED_COMMANDS, FAILED_EVENTS);

  /** How long a consumer may take; AWS advises six times the function's own limit. */
  static final Duration VISIBILITY = Duration.minutes(6);

  /** With {@link #VISIBILITY} it takes 25 hours: an outage of a day moves nothing aside. */
  static final int RECEIVES = 250;

  /** A wake-up is worth nothing once another came, and one comes every minute. */
  static final int WAKE_RECEIVES = 3;

  /** Long enough to be received {@link #WAKE_RECEIVES} times. While much is sent they pile up. */
  static final Duration WAKE_RETENTION = Duration.minutes(20);

  private static final Duration LONGEST = Duration.days(14);

  private final Construct scope;
  private final Names names;
  private final boolean retain;

  DataQueues(Construct scope, Names names, boolean retain) {
    this.scope = scope;
    this.names = names;
    this.retain = retain;
  }

  static String name(Names names, String queue) {
    return queue.equals(OUTBOUND) ? names.outboundQueue() : names.of(queue);
  }

  static String deadName(Names names, String queue) {
    return queue.equals(OUTBOUND) ? names.of(queue + "-dead") + ".fifo" : names.of(queue + "-dead");
  }

  void create() {
    for (String queue : CONSUMED) {
      boolean fifo = queue.equals(OUTBOUND);
      Queue dead = queue(queue + "-dead", deadName(names, queue), fifo).build();
      queue(queue, name(names, queue), fifo)
          .retentionPeriod(queue.equals(WAKE) ? WAKE_RETENTION : LONGEST)
          .visibilityTimeout(VISIBILITY)
          .deadLetterQueue(
              DeadLetterQueue.builder()
                  .queue(dead)
                  .maxReceiveCount(queue.equals(WAKE) ? WAKE_RECEIVES : RECEIVES)
                  .build())
          .build();
    }
    for (String queue : FAILURES) {
      queue(queue, name(names, queue), false).visibilityTimeout(VISIBILITY).build();
    }
  }

  private Queue.Builder queue(String id, String name, boolean fifo) {
    var queue =
        Queue.Builder.create(scope, id)
            .queueName(name)
            .retentionPeriod(LONGEST)
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .removalPolicy(retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    if (fifo) {
      // A batch's id is its deduplication id. Both limits by group, or the queue stops at 300 a
      // second.
      queue
          .fifo(true)
          .contentBasedDeduplication(false)
          .deduplicationScope(DeduplicationScope.MESSAGE_GROUP)
          .fifoThroughputLimit(FifoThroughputLimit.PER_MESSAGE_GROUP_ID);
    }
    return queue;
  }
}
