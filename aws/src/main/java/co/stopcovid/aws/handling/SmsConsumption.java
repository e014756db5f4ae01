package co.stopcovid.aws.handling;

import co.stopcovid.adapters.json.UnknownEventTypeException;
import co.stopcovid.adapters.sms.MessageReport;
import co.stopcovid.common.Failure;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.running.Halves;
import co.stopcovid.sms.SmsConsumer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes event batches from the outbound queue into the ledger of messages. */
public final class SmsConsumption {
  private static final Logger LOG = LoggerFactory.getLogger(SmsConsumption.class);

  private final SmsConsumer consumer;
  private final Function<String, EventBatch> decoder;
  private final FailedBatches failed;
  private final Consumer<List<DeadLetter>> failureQueue;
  private final InstantSource clock;

  /**
   * @param decoder reads an entry of the queue
   */
  public SmsConsumption(
      SmsConsumer consumer,
      Function<String, EventBatch> decoder,
      Consumer<List<DeadLetter>> failureQueue,
      InstantSource clock) {
    this.consumer = consumer;
    this.decoder = decoder;
    this.failed = new FailedBatches(DeadLetter.MESSAGES, failureQueue, clock);
    this.failureQueue = failureQueue;
    this.clock = clock;
  }

  /** What an entry holds. */
  private record Entry(String id, EventBatch batch) {
    PhoneNumber phone() {
      return batch.phone();
    }
  }

  /** What is to come again, and whose it is. */
  private record Again(Set<String> entries, Set<PhoneNumber> learners) {
    void add(Entry entry) {
      entries.add(entry.id());
      learners.add(entry.phone());
    }
  }

  /**
   * Takes in entries, those of one learner in order.
   *
   * @return the entries to be received again
   * @throws RuntimeException in an outage: all are to be received again
   */
  public Set<String> handle(List<QueuedRecord> records) {
    var again = new Again(new HashSet<>(), new HashSet<>());
    List<Entry> entries = new ArrayList<>();
    for (QueuedRecord record : records) {
      try {
        entries.add(new Entry(record.id(), decoder.apply(record.body())));
      } catch (UnknownEventTypeException e) {
        // A newer program wrote it, and will read it. What follows may be of the same learner.
        LOG.warn("event of a newer program waits: entry={}", record.id());
        records.stream()
            .skip(records.indexOf(record))
            .forEach(later -> again.entries().add(later.id()));
        break;
      } catch (RuntimeException | StackOverflowError e) {
        if (AwsFailures.kindOf(e).mayPass()) {
          throw e;
        }
        bury(record, Failure.reasonOf(e));
      }
    }
    take(entries, again);
    return again.entries();
  }

  private void bury(QueuedRecord entry, String reason) {
    LOG.error("entry of the outbound queue cannot be read: entry={} reason={}", entry.id(), reason);
    failureQueue.accept(
        List.of(
            new DeadLetter(
                DeadLetter.MESSAGES,
                entry.id(),
                entry.body(),
                reason,
                clock.instant().truncatedTo(ChronoUnit.MILLIS))));
  }

  /**
   * One that waits for itself, as for the organisation's texts, keeps only the later ones of its
   * learner from being taken in.
   */
  private void take(List<Entry> entries, Again again) {
    new Halves<Entry>(
            some -> takeTogether(some, again),
            (entry, failure) -> {
              if (AwsFailures.kindOf(failure) == Failure.Kind.NOT_YET) {
                LOG.warn(
                    "event batch waits: phone={} entry={}", entry.phone(), entry.id(), failure);
                again.add(entry);
              } else {
                failed.add(List.of(entry.batch()), Failure.reasonOf(failure));
              }
            },
            SmsConsumption::kindOf)
        .take(entries);
  }

  /** One that waits for itself is to be found among the others. */
  private static Failure.Kind kindOf(Throwable failure) {
    Failure.Kind kind = AwsFailures.kindOf(failure);
    return kind == Failure.Kind.NOT_YET ? Failure.Kind.DATA : kind;
  }

  private void takeTogether(List<Entry> entries, Again again) {
    List<EventBatch> open = new ArrayList<>();
    for (Entry entry : entries) {
      if (again.learners().contains(entry.phone())) {
        again.add(entry);
      } else {
        open.add(entry.batch());
      }
    }
    if (!open.isEmpty()) {
      conclude(open, consumer.handle(open));
    }
  }

  private void conclude(List<EventBatch> batches, SmsConsumer.Report report) {
    MessageReport.finished(LOG, report.parked());
    for (Map.Entry<PhoneNumber, Exception> each : report.failed().entrySet()) {
      failed.add(
          batches.stream().filter(batch -> batch.phone().equals(each.getKey())).toList(),
          String.valueOf(each.getValue().getMessage()));
    }
  }
}
