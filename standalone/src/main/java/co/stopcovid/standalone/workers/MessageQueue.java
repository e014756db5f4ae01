package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.sms.MessageReport;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.running.HandledCommand;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.SmsConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues the messages that event batches call for, within a unit of work. Once that is committed,
 * the sender gets those that are stored as claimed. For one thread.
 */
public final class MessageQueue {
  private static final Logger LOG = LoggerFactory.getLogger(MessageQueue.class);

  private final Database database;
  private final SmsConsumer consumer;
  private final Consumer<List<LedgerEntry>> sender;

  public MessageQueue(Database database, SmsConsumer consumer, Consumer<List<LedgerEntry>> sender) {
    this.database = database;
    this.consumer = consumer;
    this.sender = sender;
  }

  /** Takes batches in; those of one learner in the order of their versions. */
  SmsConsumer.Report take(List<EventBatch> batches) {
    return conclude(consumer.handle(batches));
  }

  /**
   * Takes the batches of commands in along with them, which saves a learner who waits a
   * transaction. No checkpoint is kept: {@link SmsWorker} follows, finds these batches taken in,
   * and does what failed here.
   */
  public void takeAlong(List<HandledCommand> handled) {
    List<EventBatch> batches = new ArrayList<>(handled.size());
    for (HandledCommand each : handled) {
      if (each.outcome() instanceof Outcome.Committed committed) {
        batches.add(committed.batch());
      }
    }
    if (!batches.isEmpty()) {
      conclude(consumer.handleNewest(batches));
    }
  }

  /** Takes in what a learner's history holds beyond what was taken in. */
  SmsConsumer.Report catchUp(PhoneNumber phone) {
    return conclude(consumer.catchUp(phone));
  }

  private SmsConsumer.Report conclude(SmsConsumer.Report report) {
    if (report.queued() > 0 || !report.parked().isEmpty()) {
      database.afterCommit(
          () -> {
            sender.accept(report.claimed());
            MessageReport.finished(LOG, report.parked());
          });
    }
    return report;
  }
}
