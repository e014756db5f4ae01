package co.stopcovid.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedDrillsTest {
  @Test
  void theDrillsOfACourseShareTheKeysOfItsOwn() {
    assertThat(published(drill("01-a", 1, 8), drill("02-b", 1, 8)).all()).hasSize(2);
  }

  @Test
  void moreKeysThanAProfileHoldsAreRefused() {
    assertThatThrownBy(() -> published(drill("01-a", 1, 5), drill("02-b", 5, 9)))
        .isInstanceOf(ContentException.class)
        .hasMessageContainingAll("9 keys", "x_9", "holds 8");
  }

  private static PublishedDrills published(Drill... drills) {
    return PublishedDrills.of(List.of(drills), Translations.NONE, TestContent.TABLES);
  }

  private static Drill drill(String slug, int first, int last) {
    List<Prompt> prompts = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      prompts.add(
          TestContent.asksFor("p" + i, ProfileKey.find("x_" + i).orElseThrow(), "What is it?"));
    }
    prompts.add(TestContent.open("end", "Bye"));
    return new Drill(new DrillSlug(slug), slug, prompts);
  }
}
