package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.progress.DueLearners;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.contract.DueLearnersContract;
import co.stopcovid.testkit.contract.StoredProgress;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresDueLearnersTest extends DueLearnersContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  @Override
  protected Adapters empty() {
    return PostgresProgress.empty(POSTGRES);
  }

  @Override
  protected Adapters second() {
    return PostgresProgress.adapters(POSTGRES.second());
  }

  private List<LearnerStory> fiveInTheFirstDrill() {
    List<LearnerStory> stories =
        Stream.generate(() -> LearnerStory.ofSomeone().registers("Acme").starts(FIRST))
            .limit(5)
            .sorted(Comparator.comparing(StoredProgress::idOf))
            .toList();
    tell(stories.toArray(LearnerStory[]::new));
    return stories;
  }

  /** In pages that are full but for the last, so that nobody stops early. */
  @Test
  void whoCannotBeReadKeepsNobodyFromADrill() {
    List<LearnerStory> stories = fiveInTheFirstDrill();
    POSTGRES.execute(
        "update phone_numbers set phone = 'nobody' where user_id = '%s'"
            .formatted(idOf(stories.get(1))));

    List<DueLearners.InactiveLearner> page =
        first().dueLearners().inactive(NOON, PUBLISHED, null, 3);
    assertThat(page)
        .extracting(DueLearners.InactiveLearner::learner)
        .containsExactly(idOf(stories.get(0)), idOf(stories.get(2)), idOf(stories.get(3)));
    assertThat(first().dueLearners().inactive(NOON, PUBLISHED, page.getLast().learner(), 3))
        .extracting(DueLearners.InactiveLearner::learner)
        .containsExactly(idOf(stories.get(4)));
  }

  @Test
  void aPromptThatCannotBeReadKeepsNobodyFromAReminder() {
    List<LearnerStory> stories = fiveInTheFirstDrill();
    POSTGRES.execute(
        "update drill_instances set current_prompt_slug = '' where user_id = '%s'"
            .formatted(idOf(stories.get(2))));
    Set<PhoneNumber> seen = new HashSet<>();
    List<DueLearners.WaitingPrompt> page = List.of();
    do {
      page =
          first().dueLearners().waiting(1, NOON, NOON, page.isEmpty() ? null : page.getLast(), 2);
      page.forEach(waiting -> seen.add(waiting.whereabouts().phone()));
    } while (page.size() == 2);

    assertThat(seen)
        .hasSize(4)
        .contains(stories.get(0).phone(), stories.get(4).phone())
        .doesNotContain(stories.get(2).phone());
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}
