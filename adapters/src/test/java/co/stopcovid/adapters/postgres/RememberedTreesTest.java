package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.progress.DrillInstance;
import co.stopcovid.progress.LearnerPhone;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressStore;
import co.stopcovid.testkit.LearnerStory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RememberedTreesTest extends RememberedProgress {
  private static final DrillSlug PLANTED = new DrillSlug("planted");

  private final LearnerStory ana = LearnerStory.ofSomeone().registers("Acme").starts(FIRST);
  private final LearnerStory ben = LearnerStory.ofSomeone();

  @BeforeEach
  void remember() {
    apply(store(), ana.batches());
  }

  /** Behind the back of everybody, so that who reads the instance keeps it. */
  private void plant() {
    postgres.execute("update drill_instances set drill_slug = '%s'".formatted(PLANTED.value()));
  }

  private DrillSlug drillOf(LearnerStory story) {
    return progressOf(story).instances().getFirst().drill();
  }

  private void assertSame() {
    assertSame(Set.of(ana.phone(), ben.phone()));
  }

  /** Fails where it had to wait for another. */
  private static void withoutPatience(Database database, Runnable work) {
    inAUnit(
        database,
        () -> {
          database.write(handle -> handle.execute("set local lock_timeout = '1s'"));
          work.run();
        });
  }

  @Test
  void anAnswerIsAppliedToWhatIsRememberedAndReadsNothing() {
    plant();
    apply(store(), List.of(ana.fails("language").last()));
    assertSame();

    plant();
    apply(store(), List.of(ana.fails("language").last(), ana.answers("language", "name").last()));
    assertSame();
  }

  @Test
  void anAnswerDoesNotWaitForTheLearner() {
    // The first one after a session that came unasked says of the learner that it was answered.
    apply(store(), List.of(ana.fails("language").last()));
    inAUnit(
        second,
        () -> {
          second.write(handle -> handle.execute("select 1 from users for update"));
          withoutPatience(
              postgres.database, () -> apply(store(), List.of(ana.fails("language").last())));
        });
    assertSame();
  }

  @Test
  void oneWhoRemembersNothingReadsTheTree() {
    plant();
    another.apply(List.of(ana.fails("language").last()), COURSE);

    assertThat(drillOf(ana)).isEqualTo(PLANTED);
  }

  @Test
  void anAnswerWithMoreToItReadsTheTree() {
    apply(store(), List.of(ana.answers("language", "name").last()));
    apply(store(), List.of(ana.answers("name", "soap").last()));
    assertThat(progressOf(ana).profile().name()).isEqualTo("b");
    apply(store(), List.of(ana.completes().last()));
    apply(store(), List.of(ana.starts(SECOND).last(), ana.fails("language").last()));
    apply(store(), List.of(ana.optsOut().last()));
    apply(store(), List.of(ana.wantsMore().last()));
    apply(store(), List.of(ana.registers("Other").last()));
    assertSame();
  }

  @Test
  void batchesThatAreRepeatedMissingOrOutOfOrderMakeNoDifference() {
    EventBatch first = ana.batches().getFirst();
    EventBatch second = ana.last();
    EventBatch third = ana.fails("language").last();
    EventBatch fourth = ana.after(HOUR).fails("language").last();
    EventBatch fifth = ana.answers("language", "name").last();
    EventBatch sixth = ana.after(HOUR).fails("name").last();
    EventBatch seventh = ana.after(HOUR).fails("name").last();
    EventBatch eighth = ana.after(HOUR).fails("name").last();

    apply(store(), List.of(first, fourth));
    apply(store(), List.of(third));
    apply(store(), List.of(third, fifth));
    assertSame();
    apply(store(), List.of(fourth));
    apply(store(), List.of(fifth, seventh));
    assertSame();
    apply(store(), List.of(sixth, fifth, sixth));
    apply(store(), List.of(eighth, second, seventh));
    assertSame();
    apply(store(), List.of(eighth));
    apply(store(), List.of(ana.after(HOUR).fails("name").last(), eighth));
    assertSame();
    apply(store(), List.of(ana.after(HOUR).fails("name").last()));
    apply(store(), List.of(ana.last()));
    assertSame();
  }

  @Test
  void whatAnotherHasAppliedIsNotAppliedOnceMore() {
    EventBatch third = ana.fails("language").last();
    apply(another, List.of(third, ana.answers("language", "name").last()));

    apply(store(), List.of(third));
    assertSame();
  }

  @Test
  void anAnswerFollowsOnWhatAnotherApplied() {
    apply(another, List.of(ana.answers("language", "name").last()));
    apply(store(), List.of(ana.fails("name").last()));
    assertSame();

    apply(another, List.of(ana.isReminded("name").last(), ana.fails("name").last()));
    apply(store(), ana.batches().subList(3, 6));
    apply(store(), List.of(ana.after(HOUR).fails("name").last()));
    assertSame();
  }

  @Test
  void anAnswerFindsWhatASecondNumberDid() {
    link(another, idOf(ana), ben.phone());
    apply(another, ben.after(HOUR).registers("Other").batches());

    apply(store(), List.of(ana.fails("language").last()));
    assertSame();
    assertThat(progressOf(ana).instances())
        .extracting(DrillInstance::valid)
        .as("invalid since the second number registered")
        .containsExactly(false);
    assertThat(progressOf(ana).profile().accountInfo().company()).isEqualTo("Other");

    apply(store(), List.of(ana.after(HOUR.multipliedBy(2)).fails("language").last()));
    assertSame();
    assertThat(progressOf(ana).profile().accountInfo().company())
        .as("the last word")
        .isEqualTo("Acme");
  }

  @Test
  void aLearnerWithASecondNumberIsNotRemembered() {
    link(store(), idOf(ana), ben.phone());
    apply(store(), List.of(ana.fails("language").last()));
    apply(another, ben.after(HOUR).registers("Other").batches());

    apply(store(), List.of(ana.after(HOUR).fails("language").last()));
    assertSame();
  }

  @Test
  void aProfileThatWasNotReadIsNotRemembered() {
    apply(store(), ben.after(HOUR).optsOut().batches());
    // A clock that goes back: not the last word, so that what is stored stays.
    apply(another, List.of(ben.at(NOON).wantsMore().last()));
    apply(store(), List.of(ben.failsToRegister().last()));
    assertSame();

    apply(store(), List.of(ben.after(HOUR.multipliedBy(2)).failsToRegister().last()));
    assertSame();
  }

  @Test
  void aNumberThatARebuildAddsIsSeen() {
    LearnerProgress stored = progressOf(ana);
    List<LearnerPhone> phones = new ArrayList<>(stored.phones());
    phones.add(LearnerPhone.silent(ben.phone(), false));
    replace(
        another,
        List.of(
            new LearnerProgress(
                stored.id(),
                stored.profile(),
                stored.lastInteractedTime(),
                stored.unasked(),
                phones,
                stored.statuses(),
                stored.instances())));
    apply(store(), List.of(ana.fails("language").last()));
    apply(another, ben.after(HOUR).registers("Other").batches());

    apply(store(), List.of(ana.after(HOUR).fails("language").last()));
    assertSame();
  }

  @Test
  void aRepairedInstanceIsNotOverwritten() {
    LearnerProgress stored = progressOf(ana);
    DrillInstance instance = stored.instances().getFirst();
    var repaired =
        new DrillInstance(
            instance.id(),
            instance.phone(),
            SECOND.slug(),
            new PromptSlug("soap"),
            instance.promptStartTime().minus(HOUR),
            null,
            null,
            false);
    replace(
        another,
        List.of(
            new LearnerProgress(
                stored.id(),
                stored.profile(),
                stored.lastInteractedTime().plus(HOUR),
                stored.unasked(),
                stored.phones(),
                stored.statuses(),
                List.of(repaired))));

    apply(store(), List.of(ana.fails("language").last()));
    assertSame();
    apply(store(), List.of(ana.fails("language").last()));
    assertSame();
  }

  @Test
  void aRebuildDoesNotWaitForATreeThatIsRightAsItIs() {
    LearnerProgress stored = progressOf(ana);
    inAUnit(
        postgres.database,
        () -> {
          store().apply(List.of(ana.fails("language").last()), COURSE);
          withoutPatience(
              second,
              () ->
                  assertThat(another.replace(List.of(stored)))
                      .isEqualTo(new ProgressStore.Replaced(Set.of(), Set.of())));
        });
  }

  @Test
  void whatIsRolledBackIsForgotten() {
    EventBatch lost = ana.answers("language", "name").last();
    rollBack(() -> store().apply(List.of(lost), COURSE));
    LearnerStory instead = new LearnerStory(ana.phone()).registers("Acme").starts(FIRST);
    apply(another, List.of(instead.after(HOUR).abandons("language", "soap").last()));

    apply(store(), List.of(instead.fails("soap").last()));
    assertSame();
  }

  @Test
  void afterARollBackTheTreeIsRead() {
    rollBack(() -> store().apply(List.of(ana.fails("language").last()), COURSE));
    plant();

    store().apply(List.of(ana.last()), COURSE);
    assertThat(drillOf(ana)).isEqualTo(PLANTED);
  }

  @Test
  void withinAUnitWhatFollowsIsAppliedToWhatWasApplied() {
    inAUnit(
        postgres.database,
        () -> {
          apply(store(), List.of(ana.answers("language", "name").last()));
          apply(store(), List.of(ana.isReminded("name").last()));
          apply(store(), List.of(ana.after(HOUR).fails("name").last()));
        });
    assertSame();

    apply(store(), List.of(ana.fails("name").last()));
    assertSame();
  }
}
