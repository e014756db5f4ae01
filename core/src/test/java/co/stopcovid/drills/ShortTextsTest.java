package co.stopcovid.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortTextsTest {
  private final List<String> asked = new ArrayList<>();
  private final ShortTexts<Integer> lengths =
      new ShortTexts<>(
          2,
          text -> {
            asked.add(text);
            return text.length();
          });

  @Test
  void asksOnceForAShortText() {
    assertThat(lengths.apply("b")).isEqualTo(1);
    assertThat(lengths.apply("b")).isEqualTo(1);
    assertThat(asked).containsExactly("b");
  }

  @Test
  void keepsNoLongText() {
    String text = "so long that nobody writes the same again";
    lengths.apply(text);
    assertThat(lengths.apply(text)).isEqualTo(text.length());
    assertThat(asked).containsExactly(text, text);
  }

  @Test
  void forgetsAllOnceItIsFull() {
    for (String text : List.of("a", "b", "c", "c", "a")) {
      assertThat(lengths.apply(text)).isEqualTo(1);
    }
    assertThat(asked).containsExactly("a", "b", "c", "a");
  }
}
