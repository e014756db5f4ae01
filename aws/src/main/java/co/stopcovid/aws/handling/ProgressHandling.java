package co.stopcovid.aws.handling;

import co.stopcovid.running.EventFollower;
import co.stopcovid.running.EventPage;
import co.stopcovid.running.Halves;
import java.util.List;
import java.util.Optional;

/** Records of the event stream for progress, which come again from the first one on that waits. */
public final class ProgressHandling {
  private final Halves<EventPage.Entry> halves;

  public ProgressHandling(EventFollower follower) {
    this.halves =
        new Halves<>(
            entries -> follower.take(new EventPage(entries)),
            follower::passOver,
            AwsFailures::kindOf);
  }

  /**
   * Takes in a page.
   *
   * @return the first record to be handled again; empty when all are done with
   * @throws RuntimeException in an outage: all records are to be handled again
   */
  public Optional<String> handle(StreamPage page) {
    take(page.page().entries());
    return Optional.ofNullable(page.blockedAt());
  }

  /** Takes in entries, those of one learner in the order of their versions. */
  public void take(List<EventPage.Entry> entries) {
    halves.take(entries);
  }
}
