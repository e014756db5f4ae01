package co.stopcovid.aws.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamSourceTest {
  private final ScriptedStream stream = new ScriptedStream();
  private final List<String> invocations = new ArrayList<>();
  private final List<GivenUpBatch> givenUp = new ArrayList<>();

  /** Records that the function reports so many times as failed. */
  private final Map<String, Integer> reports = new HashMap<>();

  /** Records that the function throws for so many times. */
  private final Map<String, Integer> errors = new HashMap<>();

  private final List<@Nullable String> nonsense = new ArrayList<>();

  private StreamSource<String> source(int batchSize, boolean bisects, int mostRetries) {
    return new StreamSource<>(
        stream, new StreamSettings(batchSize, bisects, mostRetries), this::invoke, givenUp::add);
  }

  private @Nullable StreamsEventResponse invoke(String shard, List<String> records) {
    invocations.add(shard + ":" + String.join("", records));
    if (!nonsense.isEmpty()) {
      return answer(Arrays.asList(nonsense.removeFirst()));
    }
    if (records.stream().anyMatch(record -> happens(errors, record))) {
      throw new IllegalStateException("as told");
    }
    List<@Nullable String> failed = new ArrayList<>();
    for (String record : records) {
      if (happens(reports, record)) {
        failed.add(record);
      }
    }
    return failed.isEmpty() ? null : answer(failed.reversed());
  }

  private static boolean happens(Map<String, Integer> plan, String record) {
    int left = plan.getOrDefault(record, 0);
    plan.put(record, Math.max(0, left - 1));
    return left > 0;
  }

  private static StreamsEventResponse answer(List<@Nullable String> failed) {
    List<BatchItemFailure> failures = new ArrayList<>();
    for (String id : failed) {
      var failure = new BatchItemFailure();
      if (id != null) {
        failure.setItemIdentifier(id);
      }
      failures.add(failure);
    }
    return new StreamsEventResponse(failures);
  }

  private void settle(StreamSource<String> source) {
    EventSource.settle(100, List.of(source));
  }

  @Test
  void readsFromTheOldestOnInBatches() {
    stream.shard("s").add("s", "a", "b", "c", "d", "e");

    settle(source(2, false, StreamSettings.FOR_EVER));

    assertThat(invocations).containsExactly("s:ab", "s:cd", "s:e");
  }

  @Test
  void aRoundIsOneInvocationAShard() {
    stream.shard("s").shard("t").add("s", "a", "b").add("t", "x", "y");
    StreamSource<String> source = source(1, false, StreamSettings.FOR_EVER);

    assertThat(source.poll()).isTrue();

    assertThat(invocations).containsExactlyInAnyOrder("s:a", "t:x");
    assertThat(source.poll()).isTrue();
    assertThat(source.poll()).isFalse();
    assertThat(invocations).hasSize(4);
  }

  @Test
  void whatComesLaterIsGivenLater() {
    stream.shard("s").add("s", "a");
    StreamSource<String> source = source(10, false, StreamSettings.FOR_EVER);
    settle(source);

    stream.add("s", "b");
    settle(source);

    assertThat(invocations).containsExactly("s:a", "s:b");
  }

  @Test
  void anErrorRepeatsTheWholeBatchAndBlocksItsShardOnly() {
    stream.shard("s").shard("t").add("s", "a", "b", "c").add("t", "x", "y", "z");
    errors.put("b", 2);

    settle(source(2, false, StreamSettings.FOR_EVER));

    assertThat(invocations)
        .filteredOn(call -> call.startsWith("s"))
        .containsExactly("s:ab", "s:ab", "s:ab", "s:c");
    assertThat(invocations).filteredOn(call -> call.startsWith("t")).containsExactly("t:xy", "t:z");
  }

  @Test
  void aReportRepeatsFromTheFirstFailedRecordOn() {
    stream.shard("s").add("s", "a", "b", "c", "d", "e");
    reports.put("c", 2);
    reports.put("d", 1);

    settle(source(4, false, StreamSettings.FOR_EVER));

    assertThat(invocations).containsExactly("s:abcd", "s:cd", "s:cd", "s:e");
  }

  @Test
  void anAnswerThatNamesNoRecordOfTheBatchFailsAllOfIt() {
    stream.shard("s").add("s", "a", "b");
    nonsense.addAll(Arrays.asList("zzz", null, ""));

    settle(source(2, false, StreamSettings.FOR_EVER));

    assertThat(invocations).containsExactly("s:ab", "s:ab", "s:ab", "s:ab");
  }

  @Test
  void aBatchIsGivenUpAfterTheLastRetryAndTheShardGoesOn() {
    stream.shard("s").add("s", "a", "b", "c");
    errors.put("a", 100);

    settle(source(2, false, 2));

    assertThat(invocations).containsExactly("s:ab", "s:ab", "s:ab", "s:c");
    assertThat(givenUp).containsExactly(new GivenUpBatch("s", "a", "b", 2));
  }

  @Test
  void aBatchWithoutRetriesIsTriedOnce() {
    stream.shard("s").add("s", "a", "b");
    errors.put("a", 100);

    settle(source(1, false, 0));

    assertThat(invocations).containsExactly("s:a", "s:b");
    assertThat(givenUp).containsExactly(new GivenUpBatch("s", "a", "a", 1));
  }

  @Test
  void aReportedRecordIsGivenUpWithTheRestOfItsBatch() {
    stream.shard("s").add("s", "a", "b", "c", "d");
    reports.put("b", 100);

    settle(source(3, false, 1));

    assertThat(invocations).containsExactly("s:abc", "s:bc", "s:d");
    assertThat(givenUp).containsExactly(new GivenUpBatch("s", "b", "c", 2));
  }

  @Test
  void bisectingFindsThePoisonAndOnlyThatIsGivenUp() {
    stream.shard("s").add("s", "a", "b", "c", "d", "e");
    errors.put("c", 100);

    settle(source(4, true, 1));

    assertThat(invocations).containsExactly("s:abcd", "s:ab", "s:cd", "s:c", "s:c", "s:d", "s:e");
    assertThat(givenUp).containsExactly(new GivenUpBatch("s", "c", "c", 1));
  }

  @Test
  void aShardBeginsOnlyWhenItsParentsAreDone() {
    stream.shard("p").shard("q").add("p", "a", "b", "c").add("q", "x");
    StreamSource<String> source = source(1, false, StreamSettings.FOR_EVER);
    source.poll();
    stream.shard("child", "p", "q").add("child", "m", "n");
    errors.put("c", 3);

    settle(source);

    assertThat(invocations)
        .containsSubsequence("p:a", "p:b", "p:c", "p:c", "p:c", "p:c", "child:m");
    assertThat(invocations).containsSubsequence("q:x", "child:m", "child:n");
    assertThat(invocations).hasSize(3 + 3 + 1 + 2);
  }

  @Test
  void aSplitShardGoesOnInBothChildren() {
    stream.shard("p").add("p", "a", "b");
    stream.shard("l", "p").shard("r", "p").add("l", "c").add("r", "d");

    settle(source(10, false, StreamSettings.FOR_EVER));

    assertThat(invocations.getFirst()).isEqualTo("p:ab");
    assertThat(invocations).containsExactlyInAnyOrder("p:ab", "l:c", "r:d");
  }

  @Test
  void aParentThatIsGoneIsWaitedForNoLonger() {
    stream.shard("p").shard("child", "p").add("child", "a");
    stream.trim("p");

    settle(source(10, false, StreamSettings.FOR_EVER));

    assertThat(invocations).containsExactly("child:a");
  }

  @Test
  void anExpiredPositionIsTakenAnew() {
    stream.shard("s").add("s", "a", "b", "c");
    StreamSource<String> source = source(1, false, StreamSettings.FOR_EVER);
    source.poll();
    stream.expirePositions();
    settle(source);

    assertThat(invocations).containsExactly("s:a", "s:b", "s:c");
  }
}
