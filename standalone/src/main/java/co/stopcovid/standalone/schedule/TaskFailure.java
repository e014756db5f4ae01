package co.stopcovid.standalone.schedule;

import co.stopcovid.adapters.postgres.FencedOffException;
import co.stopcovid.common.Backoff;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that failed is tried again soon, not at its next regular time, which may be tomorrow. One
 * that was fenced off stays due, for the process that works now.
 */
final class TaskFailure implements FailureHandler<Void> {
  private static final Logger LOG = LoggerFactory.getLogger(TaskFailure.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5));

  private final Runnable whenFencedOff;

  TaskFailure(Runnable whenFencedOff) {
    this.whenFencedOff = whenFencedOff;
  }

  @Override
  public void onFailure(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    var execution = complete.getExecution();
    String task = execution.taskInstance.getTaskName();
    if (complete.getCause().orElse(null) instanceof FencedOffException) {
      LOG.warn("task stops, another process works: task={}", task);
      operations.reschedule(complete, execution.executionTime);
      whenFencedOff.run();
      return;
    }
    Instant again = complete.getTimeDone().plus(BACKOFF.after(execution.consecutiveFailures + 1));
    LOG.error("task failed and is tried again: task={} at={}", task, again);
    operations.reschedule(complete, again);
  }
}
