package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.progress.LearnerDirectory;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.testkit.LearnerStory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link LearnerDirectory} must do. */
public abstract class LearnerDirectoryContract extends StoredProgress {
  private LearnerDirectory directory() {
    return first().directory();
  }

  private List<LearnerProgress> all(@Nullable String company, int limit) {
    List<LearnerProgress> all = new ArrayList<>();
    LearnerId last = null;
    for (List<LearnerProgress> page = directory().page(company, null, limit);
        !page.isEmpty();
        page = directory().page(company, last, limit)) {
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page);
      last = page.getLast().id();
    }
    return all;
  }

  @Test
  void withoutLearnersThereIsNothing() {
    assertThat(directory().page(null, null, 10)).isEmpty();
    assertThat(directory().page("Acme", null, 10)).isEmpty();
  }

  @Test
  void everyLearnerComesOnceAndWhole() {
    LearnerStory busy = eventful();
    LearnerStory other = LearnerStory.ofSomeone().registers("Beta");
    LearnerStory unknown = LearnerStory.ofSomeone().failsToRegister();
    tell(busy, other, unknown);

    for (int limit : new int[] {1, 2, 3, 10}) {
      List<LearnerProgress> all = all(null, limit);
      assertThat(all)
          .containsExactlyInAnyOrder(progressOf(busy), progressOf(other), progressOf(unknown));
      assertThat(all).extracting(LearnerProgress::id).isSorted();
    }
  }

  @Test
  void aCompanysLearnersComeAlone() {
    LearnerStory one = LearnerStory.ofSomeone().registers("Acme").starts(FIRST);
    LearnerStory two = LearnerStory.ofSomeone().registers("Acme").optsOut();
    LearnerStory other = LearnerStory.ofSomeone().registers("Acme & Co");
    LearnerStory unknown = LearnerStory.ofSomeone().failsToRegister();
    tell(one, two, other, unknown);

    assertThat(all("Acme", 1)).containsExactlyInAnyOrder(progressOf(one), progressOf(two));
    assertThat(all("Acme & Co", 5)).containsExactly(progressOf(other));
    assertThat(all("", 5)).containsExactly(progressOf(unknown));
    assertThat(all("acme' or '1'='1", 5)).isEmpty();
  }

  @Test
  void silentIsWhoLeavesSessionsUnansweredAndMayBeWrittenTo() {
    LearnerStory silent = LearnerStory.ofSomeone().registers("Acme").starts(FIRST).starts(FIRST);
    LearnerStory answers = LearnerStory.ofSomeone().registers("Acme").starts(FIRST).starts(FIRST);
    tell(
        silent,
        answers.fails("language"),
        LearnerStory.ofSomeone().registers("Acme").starts(FIRST),
        LearnerStory.ofSomeone().registers("Acme").starts(FIRST).starts(FIRST).optsOut());

    assertThat(directory().silent(null, 10)).containsExactly(progressOf(silent));
    assertThat(directory().silent(idOf(silent), 10)).isEmpty();
    tell(silent.wantsMore());
    assertThat(directory().silent(null, 10)).isEmpty();
  }

  @Test
  void pagesOfTheSilentLeaveNobodyOut() {
    List<LearnerStory> stories = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      stories.add(LearnerStory.ofSomeone().registers("Acme").starts(FIRST).starts(FIRST));
    }
    tell(stories.toArray(LearnerStory[]::new));

    List<LearnerProgress> seen = new ArrayList<>(directory().silent(null, 3));
    assertThat(seen).hasSize(3);
    seen.addAll(directory().silent(seen.getLast().id(), 3));
    assertThat(seen).extracting(LearnerProgress::id).isSorted().doesNotHaveDuplicates().hasSize(5);
  }
}
