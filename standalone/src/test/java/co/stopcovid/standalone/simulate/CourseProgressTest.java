package co.stopcovid.standalone.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogEvent.DrillCompleted;
import co.stopcovid.dialog.DialogEvent.DrillStarted;
import co.stopcovid.dialog.DialogEvent.OptedOut;
import co.stopcovid.dialog.DialogEvent.UserValidated;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Translations;
import co.stopcovid.standalone.simulate.CourseProgress.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CourseProgressTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final DrillSlug ONE = new DrillSlug("1");
  private static final DrillSlug TWO = new DrillSlug("2");
  private static final UUID FIRST_RUN = new UUID(1, 1);
  private static final UUID SECOND_RUN = new UUID(2, 2);

  private final CourseProgress progress = new CourseProgress(List.of(ONE, TWO));

  @Test
  void beginsWithTheFirstDrill() {
    assertThat(progress.next()).contains(ONE);
  }

  @Test
  void aDrillNotStartedComesBeforeOneNotCompleted() {
    happened(started(ONE, FIRST_RUN));
    assertThat(progress.next()).contains(TWO);
    happened(started(TWO, SECOND_RUN), new DrillCompleted(NOW, SECOND_RUN));
    assertThat(progress.next()).contains(ONE);
    happened(new DrillCompleted(NOW, FIRST_RUN));
    assertThat(progress.next()).isEmpty();
    assertThat(progress.completed()).isEqualTo(2);
  }

  @Test
  void optingOutOfADrillUnstartsIt() {
    happened(started(ONE, FIRST_RUN), new OptedOut(NOW, FIRST_RUN, true));
    assertThat(progress.statuses()).containsEntry(ONE, Status.NOT_STARTED);
    happened(new DrillCompleted(NOW, FIRST_RUN));
    assertThat(progress.next()).contains(ONE);
  }

  @Test
  void repeatingACompletedDrillLeavesItCompleted() {
    happened(started(ONE, FIRST_RUN), new DrillCompleted(NOW, FIRST_RUN));
    happened(started(ONE, SECOND_RUN), new OptedOut(NOW, SECOND_RUN, true));
    assertThat(progress.statuses()).containsEntry(ONE, Status.COMPLETED);
  }

  @Test
  void registeringAgainBeginsAnew() {
    happened(started(ONE, FIRST_RUN), new DrillCompleted(NOW, FIRST_RUN));
    happened(new UserValidated(NOW, true, AccountInfo.NONE));
    assertThat(progress.next()).contains(ONE);
  }

  @Test
  void withoutDrillsThereIsNoNext() {
    assertThat(new CourseProgress(List.of()).next()).isEmpty();
  }

  private void happened(DialogEvent... events) {
    List.of(events).forEach(progress::apply);
  }

  private static DialogEvent started(DrillSlug slug, UUID instance) {
    var prompt =
        new Prompt(new PromptSlug("p"), List.of(new PromptMessage("Hello", null)), null, null, 1);
    var drill = new Drill(slug, "Drill", List.of(prompt));
    var version = DrillVersion.of(drill, Translations.NONE, BuiltInLanguages.load());
    return new DrillStarted(NOW, instance, version, prompt.slug());
  }
}
