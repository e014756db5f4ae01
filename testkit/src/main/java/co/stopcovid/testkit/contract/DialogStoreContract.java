package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.testkit.Conversation;
import co.stopcovid.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every {@link DialogStore} must do. */
public abstract class DialogStoreContract extends StoredDialogs {
  /** More than the bulk limits of common databases (DynamoDB: 25 and 100). */
  private static final int MANY = 130;

  private final Conversation ana = new Conversation(Samples.newLearner());
  private final Conversation ben = new Conversation(Samples.newLearner());
  private final Conversation eva = new Conversation(Samples.newLearner());

  /** The same data as another worker sees it: another instance where the adapter has state. */
  protected abstract DialogStore secondStore();

  /**
   * Spoils the stored state of a learner, so that it cannot be read.
   *
   * @return false when this adapter's states can always be read, and nothing was done
   */
  protected abstract boolean makeUnreadable(PhoneNumber phone);

  /** How often a race is run; more where it is quick. */
  protected int raceRounds() {
    return 200;
  }

  @Test
  void anUnknownLearnerIsInitial() {
    commit(ana.next(Conversation.anything()));

    assertThat(store().load(Set.of(ana.phone(), ben.phone())))
        .isEqualTo(Map.of(ana.phone(), ana.state(), ben.phone(), DialogState.initial(ben.phone())));
  }

  @Test
  void loadingNobodyGivesNothing() {
    commit(ana.next(Conversation.anything()));

    assertThat(store().load(Set.of())).isEmpty();
  }

  @Test
  void everyStateIsLoadedAsItWasCommitted() {
    putDrill();
    for (List<DialogEvent> events : Conversation.everything(DRILL)) {
      commit(ana.next(List.of(events)));

      assertThat(load(ana.phone())).isEqualTo(ana.state());
    }
  }

  @Test
  void aStateHoldsTheDrillWithAllItsContent() {
    putDrill();
    commit(ana.next(Conversation.everything(DRILL).subList(0, 4)));

    assertThat(load(ana.phone()).current())
        .satisfies(
            current -> {
              assertThat(current.drill().drill()).isEqualTo(DRILL.drill());
              assertThat(current.drill().translations().asMap())
                  .isEqualTo(DRILL.translations().asMap());
            });
  }

  @Test
  void stateAndBatchesAreBothWritten() {
    putDrill();
    List<EventBatch> committed = new ArrayList<>();
    for (List<DialogEvent> events : Conversation.everything(DRILL)) {
      DialogCommit commit = ana.next(List.of(events));
      committed.addAll(commit.batches());
      commit(commit);

      assertThat(batches(ana.phone())).isEqualTo(committed);
      assertThat(load(ana.phone()).version()).isEqualTo(committed.size());
    }
  }

  @Test
  void severalBatchesOfOneCommitAreWrittenInOrder() {
    putDrill();
    DialogCommit first = ana.next(Conversation.everything(DRILL));
    DialogCommit second = ana.next(Conversation.everything(DRILL));
    commit(first);
    commit(second);

    List<EventBatch> all = new ArrayList<>(first.batches());
    all.addAll(second.batches());
    assertThat(batches(ana.phone())).isEqualTo(all);
    assertThat(load(ana.phone())).isEqualTo(ana.state());
  }

  @Test
  void committingNothingGivesNoConflict() {
    assertThat(store().commit(List.of())).isEmpty();
  }

  @Test
  void manyLearnersAreCommittedAndLoadedAtOnce() {
    List<Conversation> learners =
        Samples.newLearners(MANY).stream().map(Conversation::new).toList();
    assertThat(
            store().commit(learners.stream().map(it -> it.next(Conversation.anything())).toList()))
        .isEmpty();

    Map<PhoneNumber, DialogState> states =
        loadAll(learners.stream().map(Conversation::phone).toList());
    assertThat(states).hasSize(MANY);
    for (Conversation learner : learners) {
      assertThat(states).containsEntry(learner.phone(), learner.state());
      assertThat(batches(learner.phone())).hasSize(1);
    }
  }

  @Test
  void anotherWorkerSeesWhatWasCommitted() {
    commit(ana.next(Conversation.anything()));

    assertThat(secondStore().load(Set.of(ana.phone()))).containsValue(ana.state());
    assertThat(secondStore().commit(List.of(ana.next(Conversation.anything())))).isEmpty();
    assertThat(load(ana.phone())).isEqualTo(ana.state());
  }

  @Test
  void aCommitOnAnOlderVersionIsAConflictAndWritesNothing() {
    commit(ana.next(Conversation.anything()));
    Conversation late = ana.fork();
    commit(ana.next(Conversation.reply("first")));

    assertConflict(late.next(Conversation.reply("second")));
  }

  @Test
  void theFirstCommitOfALearnerWhoIsThereIsAConflictAndWritesNothing() {
    Conversation late = ana.fork();
    commit(ana.next(Conversation.reply("first")));

    assertConflict(late.next(Conversation.reply("second")));
  }

  @Test
  void aCommitOnAVersionYetToComeIsAConflictAndWritesNothing() {
    Conversation early = ana.fork();
    early.next(Conversation.anything());
    assertConflict(early.next(Conversation.anything()));

    commit(ana.next(Conversation.anything()));
    early.next(Conversation.anything());
    assertConflict(early.next(Conversation.anything()));
  }

  @Test
  void theSameCommitAgainIsAConflictAndWritesNothing() {
    DialogCommit commit = ana.next(Conversation.anything());
    commit(commit);

    assertConflict(commit);
  }

  @Test
  void ofAConflictingCommitNotEvenTheLaterBatchesAreWritten() {
    Conversation late = ana.fork();
    commit(ana.next(Conversation.reply("first")));

    assertConflict(
        late.next(
            List.of(
                List.of(Conversation.reply("second")),
                List.of(Conversation.reply("third")),
                List.of(Conversation.reply("fourth")))));
  }

  @Test
  void aConflictDoesNotHinderTheOthersOfTheCall() {
    List<Conversation> learners = List.of(ana, ben, eva);
    for (Conversation late : learners) {
      Conversation stale = late.fork();
      commit(late.next(Conversation.anything()));
      List<DialogCommit> commits =
          learners.stream()
              .map(it -> (it == late ? stale : it).next(Conversation.reply("x")))
              .toList();

      assertThat(store().commit(commits)).containsExactly(late.phone());
      for (Conversation learner : learners) {
        assertThat(load(learner.phone())).isEqualTo(learner.state());
        assertThat(batches(learner.phone())).hasSize((int) learner.state().version());
      }
    }
  }

  @Test
  void everyConflictOfTheCallIsReported() {
    List<Conversation> stale = List.of(ana.fork(), ben.fork());
    commit(ana.next(Conversation.anything()));
    commit(ben.next(Conversation.anything()));

    assertThat(store().commit(stale.stream().map(it -> it.next(Conversation.reply("x"))).toList()))
        .containsExactlyInAnyOrder(ana.phone(), ben.phone());
  }

  @Test
  void ofTwoWhoCommitOnOneVersionExactlyOneWins() throws InterruptedException {
    for (int round = 0; round < raceRounds(); round++) {
      Conversation one = ana.fork();
      Conversation other = ana.fork();
      DialogCommit first = one.next(Conversation.reply("one " + round));
      DialogCommit second = other.next(Conversation.reply("other " + round));

      List<Set<PhoneNumber>> conflicts = race(List.of(first), List.of(second));

      ana.next(Conversation.anything());
      boolean firstWon = conflicts.get(0).isEmpty();
      assertThat(conflicts.get(1).isEmpty()).as("the other won, too").isNotEqualTo(firstWon);
      DialogCommit winner = firstWon ? first : second;
      assertThat(load(ana.phone())).isEqualTo(winner.state());
      assertThat(history().after(ana.phone(), round, 10)).isEqualTo(winner.batches());
    }
  }

  @Test
  void ofTwoFirstCommitsOfALearnerExactlyOneWins() throws InterruptedException {
    for (int round = 0; round < raceRounds(); round++) {
      var one = new Conversation(Samples.newLearner());
      Conversation other = one.fork();
      DialogCommit first = one.next(Conversation.reply("one"));
      DialogCommit second = other.next(Conversation.reply("other"));

      List<Set<PhoneNumber>> conflicts = race(List.of(first), List.of(second));

      boolean firstWon = conflicts.get(0).isEmpty();
      assertThat(conflicts.get(1).isEmpty()).as("the other won, too").isNotEqualTo(firstWon);
      DialogCommit winner = firstWon ? first : second;
      assertThat(load(one.phone())).isEqualTo(winner.state());
      assertThat(batches(one.phone())).isEqualTo(winner.batches());
    }
  }

  /** Two workers that take learners in opposite orders must not wait for each other for ever. */
  @Test
  void thoseWhoCommitTheSameLearnersInAnotherOrderBothComeToAnEnd() throws InterruptedException {
    List<Conversation> learners = Samples.newLearners(10).stream().map(Conversation::new).toList();
    for (int round = 0; round < raceRounds() / 4; round++) {
      List<DialogCommit> forth =
          learners.stream().map(it -> it.fork().next(Conversation.reply("forth"))).toList();
      List<DialogCommit> back =
          learners.stream().map(it -> it.fork().next(Conversation.reply("back"))).toList();

      List<Set<PhoneNumber>> conflicts = race(forth, back.reversed());

      for (int i = 0; i < learners.size(); i++) {
        Conversation learner = learners.get(i);
        boolean forthWon = !conflicts.get(0).contains(learner.phone());
        assertThat(!conflicts.get(1).contains(learner.phone())).isNotEqualTo(forthWon);
        assertThat(load(learner.phone())).isEqualTo((forthWon ? forth : back).get(i).state());
        learner.next(Conversation.anything());
        assertThat(batches(learner.phone())).hasSize((int) learner.state().version());
      }
    }
  }

  @Test
  void whoReadsMeanwhileSeesStateAndBatchesTogether() throws InterruptedException {
    int commits = raceRounds();
    var done = new AtomicBoolean();
    Callable<Void> writer =
        () -> {
          try {
            for (int i = 0; i < commits; i++) {
              commit(ana.next(Conversation.anything()));
            }
          } finally {
            done.set(true);
          }
          return null;
        };
    Callable<Void> reader =
        () -> {
          while (!done.get()) {
            int batchesBefore = batches(ana.phone()).size();
            long version = load(ana.phone()).version();
            int batchesAfter = batches(ana.phone()).size();
            assertThat(version).isBetween((long) batchesBefore, (long) batchesAfter);
          }
          return null;
        };
    Race.run(List.of(writer, reader));
    assertThat(batches(ana.phone())).hasSize(commits);
  }

  @Test
  void aLearnerWhoseStateCannotBeReadIsLeftOutAndNobodyElse() {
    commit(ana.next(Conversation.anything()));
    commit(ben.next(Conversation.anything()));
    boolean unreadable = makeUnreadable(ana.phone());

    Map<PhoneNumber, DialogState> states =
        store().load(Set.of(ana.phone(), ben.phone(), eva.phone()));

    assertThat(states.containsKey(ana.phone())).isNotEqualTo(unreadable);
    assertThat(states)
        .containsEntry(ben.phone(), ben.state())
        .containsEntry(eva.phone(), eva.state());
  }

  private void commit(DialogCommit commit) {
    assertThat(store().commit(List.of(commit))).isEmpty();
  }

  private void assertConflict(DialogCommit commit) {
    DialogState stateBefore = load(commit.phone());
    List<EventBatch> batchesBefore = batches(commit.phone());

    assertThat(store().commit(List.of(commit))).containsExactly(commit.phone());

    assertThat(load(commit.phone())).isEqualTo(stateBefore);
    assertThat(batches(commit.phone())).isEqualTo(batchesBefore);
  }

  private List<Set<PhoneNumber>> race(List<DialogCommit> one, List<DialogCommit> other)
      throws InterruptedException {
    DialogStore first = store();
    DialogStore second = secondStore();
    return Race.run(List.of(() -> first.commit(one), () -> second.commit(other)));
  }
}
