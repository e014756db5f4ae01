package co.stopcovid.aws.handling;

import co.stopcovid.aws.sqs.QueueSender.Unsent;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.running.EventPage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes event batches on to the senders, in order for each learner. */
public final class MessageDistribution {
  private static final Logger LOG = LoggerFactory.getLogger(MessageDistribution.class);

  private final Function<List<EventBatch>, List<Unsent>> outboundQueue;
  private final FailedBatches failed;

  /**
   * @param outboundQueue takes batches in their order, and answers with those that it did not take
   */
  public MessageDistribution(
      Function<List<EventBatch>, List<Unsent>> outboundQueue, FailedBatches failed) {
    this.outboundQueue = outboundQueue;
    this.failed = failed;
  }

  /**
   * Distributes a page.
   *
   * @return the first record to be handled again, along with all that follow it; empty when all are
   *     done with
   */
  public Optional<String> handle(StreamPage records) {
    EventPage page = records.page();
    failed.add(page, page.unreadable());
    List<EventBatch> batches = page.batches();
    if (batches.isEmpty()) {
      return Optional.ofNullable(records.blockedAt());
    }
    List<EventBatch> refused = new ArrayList<>();
    Set<PhoneNumber> learners = new HashSet<>();
    Set<EventBatch> again = new HashSet<>();
    for (Unsent unsent : outboundQueue.apply(batches)) {
      EventBatch batch = batches.get(unsent.index());
      LOG.warn(
          "event batch not queued: phone={} version={} code={}",
          batch.phone(),
          batch.version(),
          unsent.code());
      // Behind one that is refused the learner's later ones would wait for ever.
      if (unsent.isFinal() || learners.contains(batch.phone())) {
        learners.add(batch.phone());
        refused.add(batch);
      } else {
        again.add(batch);
      }
    }
    failed.add(refused, "the outbound queue refuses it");
    return page.entries().stream()
        .filter(
            entry -> entry instanceof EventPage.Entry.Intact whole && again.contains(whole.batch()))
        .map(EventPage.Entry::id)
        .findFirst()
        .or(() -> Optional.ofNullable(records.blockedAt()));
  }
}
