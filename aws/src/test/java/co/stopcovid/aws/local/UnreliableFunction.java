package co.stopcovid.aws.local;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A function whose invocations may be cut off, as by Lambda's time-out: what was planned first
 * happens to the first invocation, and so on; then all goes well. Threads may share it.
 */
public final class UnreliableFunction<E, A> implements Function<E, @Nullable A> {
  private final Function<E, @Nullable A> function;
  private final BiFunction<E, Integer, E> first;
  private final ToIntFunction<E> size;

  /** How many records the function gets before it is cut off. */
  private final Queue<Integer> cuts = new ArrayDeque<>();

  private UnreliableFunction(
      Function<E, @Nullable A> function, BiFunction<E, Integer, E> first, ToIntFunction<E> size) {
    this.function = function;
    this.first = first;
    this.size = size;
  }

  public static <A> UnreliableFunction<KinesisEvent, A> kinesis(
      Function<KinesisEvent, @Nullable A> function) {
    return new UnreliableFunction<>(
        function,
        (event, count) -> {
          var cut = new KinesisEvent();
          cut.setRecords(event.getRecords().subList(0, count));
          return cut;
        },
        event -> event.getRecords().size());
  }

  public static <A> UnreliableFunction<DynamodbEvent, A> dynamo(
      Function<DynamodbEvent, @Nullable A> function) {
    return new UnreliableFunction<>(
        function,
        (event, count) -> {
          var cut = new DynamodbEvent();
          cut.setRecords(event.getRecords().subList(0, count));
          return cut;
        },
        event -> event.getRecords().size());
  }

  public static <A> UnreliableFunction<SQSEvent, A> sqs(Function<SQSEvent, @Nullable A> function) {
    return new UnreliableFunction<>(
        function,
        (event, count) -> {
          var cut = new SQSEvent();
          cut.setRecords(List.copyOf(event.getRecords().subList(0, count)));
          return cut;
        },
        event -> event.getRecords().size());
  }

  /** The next invocation does this many records, all when there are fewer; its answer is lost. */
  public synchronized void cutOffAfter(int records) {
    cuts.add(records);
  }

  /** The next invocation does everything, and its answer is lost. */
  public void loseAnswer() {
    cutOffAfter(Integer.MAX_VALUE);
  }

  @Override
  public @Nullable A apply(E event) {
    Integer cut = nextCut();
    if (cut == null) {
      return function.apply(event);
    }
    int count = Math.min(cut, size.applyAsInt(event));
    A lost = count > 0 ? function.apply(first.apply(event, count)) : null;
    throw new LostAnswerException(
        "cut off after %d records%s".formatted(count, lost == null ? "" : ", its answer lost"));
  }

  private synchronized @Nullable Integer nextCut() {
    return cuts.poll();
  }
}
