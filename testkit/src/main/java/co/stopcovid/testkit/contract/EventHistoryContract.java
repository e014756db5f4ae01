package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.testkit.Conversation;
import co.stopcovid.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link EventHistory} must do. */
public abstract class EventHistoryContract extends StoredDialogs {
  private final Conversation ana = new Conversation(Samples.newLearner());
  private final Conversation ben = new Conversation(Samples.newLearner());

  @Test
  void aLearnerNotHeardOfHasNoBatches() {
    assertThat(history().after(ana.phone(), 0, 10)).isEmpty();
  }

  @Test
  void everyEventComesBackAsItWas() {
    putDrill();
    DialogCommit commit = ana.next(Conversation.everything(DRILL));
    store().commit(List.of(commit));

    assertThat(history().after(ana.phone(), 0, 100)).isEqualTo(commit.batches());
  }

  /** What comes by SMS and what browsers send: none of it may be lost or stop the learner. */
  @Test
  void anyTextComesBackAsItWas() {
    for (String text :
        List.of(
            "", " ", "\n\t\r", "a\\b\"c'd", "$1 ? :x %s {{name}}", "😀🇪🇸", "‏שלום", "\u0001")) {
      DialogCommit commit = ana.next(Conversation.reply(text));
      store().commit(List.of(commit));

      assertThat(history().after(ana.phone(), commit.expectedVersion(), 1))
          .isEqualTo(commit.batches());
    }
  }

  @Test
  void batchesAreOrderedByVersion() {
    List<EventBatch> committed = commitBatches(25);

    assertThat(history().after(ana.phone(), 0, 100)).isEqualTo(committed);
  }

  @Test
  void onlyBatchesAfterTheVersionAreGiven() {
    List<EventBatch> committed = commitBatches(12);

    for (int version = 0; version <= 12; version++) {
      assertThat(history().after(ana.phone(), version, 100))
          .isEqualTo(committed.subList(version, 12));
    }
    assertThat(history().after(ana.phone(), 13, 100)).isEmpty();
    assertThat(history().after(ana.phone(), Long.MAX_VALUE, 100)).isEmpty();
  }

  @Test
  void noMoreThanTheLimitAreGivenAndThoseAreTheFirst() {
    List<EventBatch> committed = commitBatches(12);

    for (int limit = 1; limit <= 13; limit++) {
      assertThat(history().after(ana.phone(), 3, limit))
          .isEqualTo(committed.subList(3, Math.min(12, 3 + limit)));
    }
    assertThat(history().after(ana.phone(), 3, Integer.MAX_VALUE)).hasSize(9);
  }

  @Test
  void onlyTheLearnersOwnBatchesAreGiven() {
    List<EventBatch> committed = commitBatches(3);
    DialogCommit other = ben.next(Conversation.anything());
    store().commit(List.of(other));

    assertThat(history().after(ana.phone(), 0, 100)).isEqualTo(committed);
    assertThat(history().after(ben.phone(), 0, 100)).isEqualTo(other.batches());
  }

  /** One batch a commit and several, in turn. */
  private List<EventBatch> commitBatches(int count) {
    List<EventBatch> committed = new ArrayList<>();
    while (committed.size() < count) {
      DialogCommit commit =
          committed.size() % 3 == 0 && committed.size() + 2 <= count
              ? ana.next(
                  List.of(List.of(Conversation.anything()), List.of(Conversation.anything())))
              : ana.next(Conversation.anything());
      assertThat(store().commit(List.of(commit))).isEmpty();
      committed.addAll(commit.batches());
    }
    return committed;
  }
}
