package co.stopcovid.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slugs are opaque keys: only what a store or a line of a log cannot hold is refused. */
class SlugsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "soap",
        "1 - ",
        " 2",
        "¿qué?",
        "洗手",
        "a/b",
        "Drill #4: gloves & masks",
        "🧼",
        "-",
        "."
      })
  void anyKeyIsASlug(String text) {
    assertThat(new DrillSlug(text).value()).isEqualTo(text);
    assertThat(new PromptSlug(text).value()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u3000", "a\nb", "a\tb", "a\0b", "a\u007fb", "half \ud83e"})
  void whatStoresAndLogsCannotHoldIsNone(String text) {
    assertThatThrownBy(() -> new DrillSlug(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a drill slug: it ");
    assertThatThrownBy(() -> new PromptSlug(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a prompt slug: it ");
  }

  @Test
  void aPromptsSlugHasRoomForItsDrillsBeforeIt() {
    String longest = "x".repeat(100);

    assertThat(new PromptSlug(new DrillSlug(longest) + "/" + longest).value()).hasSize(201);
    assertThatThrownBy(() -> new DrillSlug(longest + "x"))
        .hasMessageContaining("it has 101 characters, the most is 100");
  }
}
