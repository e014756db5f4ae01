package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.inmemory.InMemoryProgressStore;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressStore;
import co.stopcovid.testkit.contract.StoredProgress;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/**
 * A store that remembers, beside one of another process that does not. What either does is done in
 * memory as well, where nothing is remembered, and has to come to the same.
 */
abstract class RememberedProgress extends StoredProgress {
  final TestDatabase postgres = new TestDatabase();
  final Database second = postgres.second();
  final ProgressStore another = new PostgresProgressStore(second);
  private final ProgressStore model = new InMemoryProgressStore();

  @Override
  protected final Adapters empty() {
    return PostgresProgress.emptyRemembering(postgres);
  }

  @Override
  protected final Adapters second() {
    return PostgresProgress.adapters(postgres.second());
  }

  @AfterEach
  final void close() {
    postgres.close();
  }

  final void apply(ProgressStore store, List<EventBatch> batches) {
    assertThat(store.apply(batches, COURSE)).as("gaps").isEqualTo(model.apply(batches, COURSE));
  }

  final void link(ProgressStore store, LearnerId learner, PhoneNumber additional) {
    assertThat(store.link(learner, additional))
        .as("linked")
        .isEqualTo(model.link(learner, additional));
  }

  final void replace(ProgressStore store, Collection<LearnerProgress> rebuilt) {
    assertThat(store.replace(rebuilt)).isEqualTo(model.replace(rebuilt));
  }

  final void enrol(ProgressStore store, List<DrillSlug> course, int limit) {
    assertThat(store.enrol(course, null, limit)).isEqualTo(model.enrol(course, null, limit));
  }

  final void assertSame(Set<PhoneNumber> phones) {
    assertThat(another.find(phones)).isEqualTo(model.find(phones));
  }

  static void inAUnit(Database database, Runnable work) {
    database.unit(
        Fence.NONE,
        () -> {
          work.run();
          return true;
        });
  }

  final void rollBack(Runnable work) {
    assertThatThrownBy(
            () ->
                inAUnit(
                    postgres.database,
                    () -> {
                      work.run();
                      throw new IllegalStateException("planted");
                    }))
        .hasMessage("planted");
  }
}
