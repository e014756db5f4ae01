package co.stopcovid.aws.handling;

import static co.stopcovid.aws.handling.CommandWorld.ANA;
import static co.stopcovid.aws.handling.EventWorld.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.inmemory.InMemoryDialogStore;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.running.CaughtUpProgress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaughtUpProgressTest {
  private static final LearnerId LEARNER = LearnerId.of(ANA);

  private final EventWorld world = new EventWorld();
  private final InMemoryDialogStore dialogs = new InMemoryDialogStore();
  private final CaughtUpProgress progress =
      new CaughtUpProgress(world.store, dialogs, world.updater());

  private LearnerProgress load() {
    return Objects.requireNonNull(progress.load(Set.of(LEARNER)).get(LEARNER));
  }

  private void commit() {
    dialogs.commit(List.of(new DialogCommit(0, world.ana.state(), world.ana.batches())));
  }

  @Test
  void whatIsBehindIsCaughtUpWithBeforeItIsLoaded() {
    progress.apply(world.ana.registers("Acme").batches(), List.of(FIRST.slug()));
    world.ana.wantsMore().starts(FIRST);
    commit();
    assertThat(load().status(FIRST.slug()).orElseThrow().isStarted()).isTrue();
    assertThat(world.version(ANA)).isEqualTo(3);
  }

  @Test
  void theHistoryIsNotReadForWhoIsNotBehind() {
    progress.apply(world.ana.registers("Acme").batches(), List.of(FIRST.slug()));
    commit();
    assertThat(load()).isEqualTo(world.progress(ANA));
    assertThat(world.historyReads).isZero();
    assertThat(progress.load(Set.of(LearnerId.of(CommandWorld.BEN)))).isEqualTo(Map.of());
  }
}
