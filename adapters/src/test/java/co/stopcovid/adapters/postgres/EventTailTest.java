package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.postgres.PostgresEventFeed.Entry;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.testkit.Conversation;
import co.stopcovid.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventTailTest {
  private final TestDatabase postgres = new TestDatabase();
  private final PostgresDrillVersions versions =
      new PostgresDrillVersions(postgres.database, Samples.TABLES);
  private final EventTail tail = new EventTail();
  private final PostgresDialogStore store =
      new PostgresDialogStore(postgres.database, versions, tail);
  private final PostgresEventFeed feed = new PostgresEventFeed(postgres.database, versions, tail);
  private final PostgresEventFeed stored = new PostgresEventFeed(postgres.database, versions);
  private final Conversation ana = new Conversation(Samples.newLearner());
  private final Conversation ben = new Conversation(Samples.newLearner());

  @AfterEach
  void close() {
    postgres.close();
  }

  private List<Entry> commit(PostgresDialogStore through, Conversation... learners) {
    List<DialogCommit> commits = new ArrayList<>();
    for (Conversation learner : learners) {
      commits.add(learner.next(Conversation.anything()));
    }
    long before = stored.lastPosition();
    through.commit(commits);
    return stored.after(before, 100);
  }

  @Test
  void itIsWhatTheDatabaseHolds() {
    commit(store, ana, ben);
    commit(store, ben);
    commit(store, ana);

    assertThat(tail.after(0, 100)).hasSize(4).isEqualTo(stored.after(0, 100));
    assertThat(tail.after(1, 2)).isEqualTo(stored.after(1, 2));
    assertThat(tail.after(4, 100)).isEmpty();
  }

  @Test
  void whatIsRolledBackIsNotInIt() {
    assertThatThrownBy(
            () ->
                postgres.database.unit(
                    Fence.NONE,
                    () -> {
                      store.commit(List.of(ana.next(Conversation.anything())));
                      assertThat(tail.after(0, 100)).isEmpty();
                      throw new IllegalStateException("planted");
                    }))
        .hasMessage("planted");

    assertThat(tail.after(0, 100)).isEmpty();
  }

  @Test
  void whatAnotherProcessCommittedInBetweenIsReadFromTheDatabase() {
    commit(store, ana);
    commit(new PostgresDialogStore(postgres.database, versions), ben);
    List<Entry> newest = commit(store, ana);

    assertThat(tail.after(0, 100)).isEmpty();
    assertThat(tail.after(2, 100)).isEqualTo(newest);
    assertThat(feed.after(0, 100)).hasSize(3).isEqualTo(stored.after(0, 100));
  }

  @Test
  void aConflictLeavesAPlaceOutAndTheStretchGoesOn() {
    DialogCommit won = ana.next(Conversation.anything());
    store.commit(List.of(won));
    DialogCommit bens = ben.next(Conversation.anything());
    assertThat(store.commit(List.of(won, bens))).containsExactly(won.phone());
    commit(store, ben);

    assertThat(tail.after(0, 100)).hasSize(3).isEqualTo(stored.after(0, 100));
  }

  @Test
  void itHoldsTheNewestOnly() {
    EventBatch batch = ana.next(Conversation.anything()).batches().getFirst();
    for (long position = 0; position < 10_000; position += 100) {
      List<Entry> entries = new ArrayList<>();
      for (long place = position + 1; place <= position + 100; place++) {
        entries.add(PostgresEventFeed.Entry.intact(place, batch));
      }
      tail.add(position, position + 100, entries);
    }

    assertThat(tail.after(0, 10)).isEmpty();
    assertThat(tail.after(6_000, 10_000)).hasSize(4_000);
    assertThat(tail.after(9_950, 10)).first().extracting(Entry::position).isEqualTo(9_951L);
  }
}
