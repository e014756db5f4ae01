package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentTest {
  private final Recent<String, Integer> recent = new Recent<>(Integer::longValue);

  @Test
  void anOlderVersionComesTooLate() {
    recent.keep(Map.of("ana", 5));
    recent.keep(Map.of("ana", 4, "ben", 1));
    assertThat(recent.find(List.of("ana", "ben", "cem"))).isEqualTo(Map.of("ana", 5, "ben", 1));

    recent.forget(List.of("ana"));
    recent.keep(Map.of("ana", 4));
    assertThat(recent.find(List.of("ana"))).containsEntry("ana", 4);
  }

  @Test
  void whatWasNotAskedForLongestGoesFirst() {
    IntStream.range(0, 20_000).forEach(i -> recent.keep(Map.of("learner " + i, i)));
    recent.find(List.of("learner 0"));
    recent.keep(Map.of("one more", 1));

    assertThat(recent.find(List.of("learner 0", "learner 1", "learner 2", "one more")))
        .containsOnlyKeys("learner 0", "learner 2", "one more");
  }
}
