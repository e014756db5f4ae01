package co.stopcovid.aws.local;

import java.util.List;

/** Where a function's events come from. */
public interface EventSource {
  /**
   * One round: what there is to do now is given to the function, at most one invocation a shard or
   * queue, and its answer is heeded.
   *
   * @return whether the function was called
   */
  boolean poll();

  /**
   * Polls several until none has anything to do.
   *
   * @throws IllegalStateException when they are not done after so many rounds
   */
  static void settle(int mostRounds, List<? extends EventSource> sources) {
    for (int round = 0; round < mostRounds; round++) {
      boolean isCalled = false;
      for (EventSource source : sources) {
        isCalled |= source.poll();
      }
      if (!isCalled) {
        return;
      }
    }
    throw new IllegalStateException("not done after %d rounds".formatted(mostRounds));
  }
}
