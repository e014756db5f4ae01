package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.json.UnknownEventTypeException;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.running.EventPage;
import co.stopcovid.testkit.Conversation;
import co.stopcovid.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresEventFeedTest {
  private static final int WRITERS = 4;
  private static final int COMMITS = 60;

  private final TestDatabase postgres = new TestDatabase();
  private final PostgresDrillVersions versions =
      new PostgresDrillVersions(postgres.database, Samples.TABLES);
  private final PostgresDialogStore store = new PostgresDialogStore(postgres.database, versions);
  private final PostgresEventFeed feed = new PostgresEventFeed(postgres.database, versions);

  @AfterEach
  void close() {
    postgres.close();
  }

  @Test
  void batchesComeInTheOrderOfTheirCommits() {
    var ana = new Conversation(Samples.newLearner());
    var ben = new Conversation(Samples.newLearner());
    List<EventBatch> committed = new ArrayList<>();
    for (Conversation learner : List.of(ben, ana, ana, ben)) {
      var commit = learner.next(Conversation.anything());
      store.commit(List.of(commit));
      committed.addAll(commit.batches());
    }

    List<PostgresEventFeed.Entry> all = feed.after(0, 100);

    assertThat(all)
        .extracting(entry -> ((EventPage.Entry.Intact) entry.entry()).batch())
        .isEqualTo(committed);
    assertThat(feed.after(all.get(1).position(), 1)).containsExactly(all.get(2));
    assertThat(feed.lastPosition()).isEqualTo(all.getLast().position());
    assertThat(feed.after(feed.lastPosition(), 1)).isEmpty();
  }

  /** The database is emptied, so that what is read can only come from memory. */
  @Test
  void whatThisProcessCommittedIsAtHandAsItIsStored() {
    var tail = new EventTail();
    var own = new PostgresDialogStore(postgres.database, versions, tail);
    var ownFeed = new PostgresEventFeed(postgres.database, versions, tail);
    var ana = new Conversation(Samples.newLearner());
    own.commit(List.of(ana.next(Conversation.anything())));
    own.commit(List.of(ana.next(Conversation.anything())));
    List<PostgresEventFeed.Entry> stored = feed.after(0, 10);

    postgres.execute("delete from event_batches");

    assertThat(ownFeed.after(0, 10)).hasSize(2).isEqualTo(stored);
    assertThat(ownFeed.after(stored.getFirst().position(), 10)).containsExactly(stored.getLast());
  }

  @Test
  void whatAnotherProcessCommittedInBetweenIsNotPassedOver() {
    var tail = new EventTail();
    var own = new PostgresDialogStore(postgres.database, versions, tail);
    var ownFeed = new PostgresEventFeed(postgres.database, versions, tail);
    var ana = new Conversation(Samples.newLearner());
    var ben = new Conversation(Samples.newLearner());
    own.commit(List.of(ana.next(Conversation.anything())));
    store.commit(List.of(ben.next(Conversation.anything())));
    own.commit(List.of(ana.next(Conversation.anything())));

    List<PostgresEventFeed.Entry> read = new ArrayList<>();
    for (long position = 0; position < feed.lastPosition(); ) {
      List<PostgresEventFeed.Entry> next = ownFeed.after(position, 10);
      read.addAll(next);
      position = next.getLast().position();
    }

    assertThat(read).hasSize(3).isEqualTo(feed.after(0, 10));
  }

  @Test
  void whatIsRolledBackIsNeverAtHand() {
    var tail = new EventTail();
    var own = new PostgresDialogStore(postgres.database, versions, tail);
    var ana = new Conversation(Samples.newLearner());

    assertThatThrownBy(
            () ->
                postgres.database.unit(
                    Fence.NONE,
                    () -> {
                      own.commit(List.of(ana.next(Conversation.anything())));
                      throw new IllegalStateException("changed its mind");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(new PostgresEventFeed(postgres.database, versions, tail).after(0, 10)).isEmpty();
  }

  @Test
  void whoReadsWhileOthersCommitMissesNothing() throws Exception {
    var writing = new AtomicInteger(WRITERS);
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(threads.submit(() -> commitAll(writing)));
      }
      Future<List<PostgresEventFeed.Entry>> reader = threads.submit(() -> follow(writing));
      for (Future<?> writer : writers) {
        writer.get();
      }
      assertThat(reader.get()).hasSize(WRITERS * COMMITS).isEqualTo(feed.after(0, 10_000));
    }
  }

  private void commitAll(AtomicInteger writing) {
    try {
      var learner = new Conversation(Samples.newLearner());
      for (int i = 0; i < COMMITS; i++) {
        assertThat(store.commit(List.of(learner.next(Conversation.anything())))).isEmpty();
      }
    } finally {
      writing.decrementAndGet();
    }
  }

  private List<PostgresEventFeed.Entry> follow(AtomicInteger writing) {
    List<PostgresEventFeed.Entry> read = new ArrayList<>();
    long position = 0;
    for (boolean more = true; more; ) {
      more = writing.get() > 0;
      List<PostgresEventFeed.Entry> next = feed.after(position, 50);
      read.addAll(next);
      position = next.isEmpty() ? position : next.getLast().position();
      more |= !next.isEmpty();
    }
    return read;
  }

  @Test
  void anEventOfANewerProgramIsNotPassedOver() {
    store.commit(List.of(new Conversation(Samples.newLearner()).next(Conversation.anything())));
    postgres.execute(
        """
        update event_batches
        set payload = regexp_replace(payload, '"event_type":"[A-Z_]+"', '"event_type":"NEWER"')
        """);

    assertThatThrownBy(() -> feed.after(0, 10)).isInstanceOf(UnknownEventTypeException.class);
  }

  @Test
  void aCheckpointIsSavedWithTheEffectOrNotAtAll() {
    var checkpoints = new PostgresCheckpoints(postgres.database);
    assertThat(checkpoints.load("sms")).isZero();

    checkpoints.save("sms", 7);
    assertThatThrownBy(
            () ->
                postgres.database.unit(
                    Fence.NONE,
                    () -> {
                      checkpoints.save("sms", 8);
                      throw new IllegalArgumentException("planted");
                    }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(checkpoints.load("sms")).isEqualTo(7);
    assertThat(checkpoints.load("progress")).isZero();
  }
}
