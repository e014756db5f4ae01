package co.stopcovid.aws.local;

import co.stopcovid.aws.local.ShardedStream.ExpiredPositionException;
import co.stopcovid.aws.local.ShardedStream.Page;
import co.stopcovid.aws.local.ShardedStream.Shard;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a stream's records to a function by Lambda's rules: from the oldest on, one invocation a
 * shard at a time, a shard only after its parents. What fails blocks its shard until it succeeds or
 * is given up.
 */
final class StreamSource<R> implements EventSource {
  private static final Logger LOG = LoggerFactory.getLogger(StreamSource.class);

  /** Records that are to be given to the function next. */
  private record Work<R>(List<R> records, int attempts) {}

  private static final class ShardState<R> {
    final Shard shard;
    final Deque<Work<R>> pending = new ArrayDeque<>();
    @Nullable String position;
    @Nullable String lastRead;
    boolean isOver;

    ShardState(Shard shard) {
      this.shard = shard;
    }

    boolean isDone() {
      return isOver && pending.isEmpty();
    }
  }

  private final ShardedStream<R> stream;
  private final StreamSettings settings;
  private final BiFunction<String, List<R>, @Nullable StreamsEventResponse> function;
  private final Consumer<GivenUpBatch> onFailure;
  private final Map<String, ShardState<R>> shards = new LinkedHashMap<>();

  /**
   * @param function gets a shard's id and records
   * @param onFailure gets what is given up
   */
  StreamSource(
      ShardedStream<R> stream,
      StreamSettings settings,
      BiFunction<String, List<R>, @Nullable StreamsEventResponse> function,
      Consumer<GivenUpBatch> onFailure) {
    this.stream = stream;
    this.settings = settings;
    this.function = function;
    this.onFailure = onFailure;
  }

  @Override
  public synchronized boolean poll() {
    for (Shard shard : stream.shards()) {
      shards.computeIfAbsent(shard.id(), id -> new ShardState<>(shard));
    }
    boolean isCalled = false;
    // As they stood before the round: a child begins in the round after its parents' last one.
    for (ShardState<R> state :
        List.copyOf(shards.values()).stream().filter(this::isReady).toList()) {
      isCalled |= poll(state);
    }
    return isCalled;
  }

  private boolean isReady(ShardState<R> state) {
    return !state.isDone()
        && state.shard.parents().stream()
            .map(shards::get)
            .allMatch(parent -> parent == null || parent.isDone());
  }

  private boolean poll(ShardState<R> state) {
    if (state.pending.isEmpty()) {
      read(state);
    }
    Work<R> work = state.pending.poll();
    if (work == null) {
      return false;
    }
    String id = state.shard.id();
    Set<String> failed;
    try {
      failed = failures(function.apply(id, work.records()));
    } catch (RuntimeException e) {
      LOG.warn("invocation event=failed shard={} records={}", id, work.records().size(), e);
      retryAll(state, work);
      return true;
    }
    if (!failed.isEmpty()) {
      retryFrom(state, work, failed);
    }
    return true;
  }

  /** Several reads, because a page may be empty though records follow. */
  private void read(ShardState<R> state) {
    for (int page = 0; page < 5 && !state.isOver && state.pending.isEmpty(); page++) {
      String position = state.position;
      if (position == null) {
        position = stream.position(state.shard.id(), state.lastRead);
      }
      Page<R> read;
      try {
        read = stream.read(position, settings.batchSize());
      } catch (ExpiredPositionException e) {
        state.position = null;
        continue;
      }
      state.position = read.next();
      state.isOver = read.next() == null;
      if (!read.records().isEmpty()) {
        state.lastRead = stream.sequenceNumber(read.records().getLast());
        state.pending.add(new Work<>(read.records(), 0));
      }
    }
  }

  private static Set<String> failures(@Nullable StreamsEventResponse answer) {
    if (answer == null || answer.getBatchItemFailures() == null) {
      return Set.of();
    }
    Map<String, Boolean> ids = new HashMap<>();
    for (BatchItemFailure failure : answer.getBatchItemFailures()) {
      String id = failure.getItemIdentifier();
      ids.put(id == null ? "" : id, true);
    }
    return ids.keySet();
  }

  /** From the first failed record on; all of them when the answer names one that was not given. */
  private void retryFrom(ShardState<R> state, Work<R> work, Set<String> failed) {
    List<String> numbers = work.records().stream().map(stream::sequenceNumber).toList();
    int first = failed.stream().mapToInt(numbers::indexOf).min().orElse(0);
    if (first < 0) {
      LOG.warn("invocation event=answered-nonsense shard={}", state.shard.id());
      retryAll(state, work);
    } else if (first == 0) {
      retry(state, new Work<>(work.records(), work.attempts() + 1));
    } else {
      // What came before is done: the rest has not been tried in vain yet.
      List<R> rest = work.records().subList(first, work.records().size());
      retry(state, new Work<>(rest, 1));
    }
  }

  private void retryAll(ShardState<R> state, Work<R> work) {
    int size = work.records().size();
    if (settings.bisectsOnError() && size > 1) {
      // A split does not count as a retry.
      state.pending.push(new Work<>(work.records().subList(size / 2, size), work.attempts()));
      state.pending.push(new Work<>(work.records().subList(0, size / 2), work.attempts()));
    } else {
      retry(state, new Work<>(work.records(), work.attempts() + 1));
    }
  }

  private void retry(ShardState<R> state, Work<R> work) {
    if (settings.allowsRetryAfter(work.attempts())) {
      state.pending.push(work);
      return;
    }
    String shard = state.shard.id();
    LOG.error("batch event=given-up shard={} records={}", shard, work.records().size());
    onFailure.accept(
        new GivenUpBatch(
            shard,
            stream.sequenceNumber(work.records().getFirst()),
            stream.sequenceNumber(work.records().getLast()),
            work.records().size()));
  }
}
