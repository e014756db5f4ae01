package co.stopcovid.dialog;

import static co.stopcovid.dialog.Story.given;
import static co.stopcovid.dialog.Story.validated;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.Decision.NoEvents;
import co.stopcovid.dialog.DialogEvent.NextDrillRequested;
import co.stopcovid.dialog.DialogEvent.OptedOut;
import co.stopcovid.drills.TestContent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message that was refused for an opt-out, where the report may be late. */
class ProviderOptOutTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

  /** Batch 4 is the one in which the learner came back. */
  private static DialogState back() {
    DialogState before = given(validated(), Story.optedOutOfNoDrill()).state();
    var batch =
        new EventBatch(
            before.phone(),
            SequenceNumber.of(9),
            4,
            NOW,
            before.profile(),
            List.of(new NextDrillRequested(NOW)));
    DialogState third = before.at(SequenceNumber.of(8), 3);
    return Dialog.evolve(third, batch);
  }

  private static Decision refused(DialogState state, long version) {
    var facts = Facts.of(NOW, SequenceNumber.of(10), TestContent.KEYWORDS);
    return Dialog.decide(state, ProviderOptOut.command(state.phone(), version), facts);
  }

  @Test
  void aReportOnAMessageFromBeforeTheLearnerCameBackChangesNothing() {
    assertThat(refused(back(), 1)).isEqualTo(new Decision.Nothing(NoEvents.OPTED_IN_SINCE));
    assertThat(refused(back(), 3)).isEqualTo(new Decision.Nothing(NoEvents.OPTED_IN_SINCE));
  }

  @Test
  void aMessageSinceThatIsRefusedIsAnOptOut() {
    for (long version : List.of(4L, 5L)) {
      assertThat(refused(back(), version))
          .isEqualTo(new Decision.Happened(List.of(new OptedOut(NOW, null, true))));
    }
  }

  @Test
  void whoNeverAskedForADrillIsOptedOutByAnyReport() {
    assertThat(refused(given(validated()).state(), 1)).isInstanceOf(Decision.Happened.class);
  }
}
