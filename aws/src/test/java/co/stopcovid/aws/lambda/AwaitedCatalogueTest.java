package co.stopcovid.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwaitedCatalogueTest {
  private static final DrillVersion DRILL = Samples.drill("01-first");

  private final TestClock clock = new TestClock(Samples.NOON);
  private @Nullable RuntimeException failure;
  private int reads;
  private final DrillCatalogue catalogue = new AwaitedCatalogue(this::read, clock);

  private DrillCatalogue read() {
    reads++;
    if (failure != null) {
      throw failure;
    }
    return new PublishedDrills(
        List.of(DRILL), new EngineTexts(DRILL.translations(), Samples.TABLES));
  }

  @Test
  void itIsReadWhenItIsFirstAskedForAndNotAgain() {
    assertThat(reads).isZero();
    assertThat(catalogue.find(DRILL.slug())).contains(DRILL);
    assertThat(catalogue.all()).containsExactly(DRILL);
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void whileItIsOutOfReachEveryQuestionFailsAtOnceAsForBadContent() {
    failure = SdkClientException.create("out of reach");
    assertThatThrownBy(() -> catalogue.find(DRILL.slug())).isInstanceOf(ContentException.class);
    assertThatThrownBy(catalogue::texts).isInstanceOf(ContentException.class);
    assertThatThrownBy(catalogue::all).isInstanceOf(ContentException.class);
    assertThat(reads).isEqualTo(1);
    failure = new ContentException("bad content");
    clock.advance(AwaitedCatalogue.PAUSE);
    assertThatThrownBy(catalogue::all).isInstanceOf(ContentException.class);
    assertThat(reads).isEqualTo(2);
    failure = null;
    clock.advance(AwaitedCatalogue.PAUSE);
    assertThat(catalogue.all()).containsExactly(DRILL);
  }
}
