package co.stopcovid.standalone.schedule;

import co.stopcovid.adapters.postgres.FencedOffException;
import co.stopcovid.standalone.workers.Signal;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sees how the tasks' runs end. */
final class TaskRuns extends AbstractSchedulerListener {
  /** In a row; with the waits between them no passing outage. */
  private static final int MANY = 3;

  private final Signal signal;
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  /**
   * @param signal raised when one has ended
   */
  TaskRuns(Signal signal) {
    this.signal = signal;
  }

  /** The names of those that fail again and again. */
  List<String> failing() {
    return failures.entrySet().stream()
        .filter(task -> task.getValue() >= MANY)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  @Override
  public void onExecutionComplete(ExecutionComplete complete) {
    String task = complete.getExecution().taskInstance.getTaskName();
    if (complete.getResult() == ExecutionComplete.Result.OK) {
      failures.remove(task);
    } else if (!(complete.getCause().orElse(null) instanceof FencedOffException)) {
      failures.merge(task, 1, Integer::sum);
    }
    signal.raise();
  }

  @Override
  public void onSchedulerEvent(SchedulerEventType type) {
    signal.raise();
  }
}
