package co.stopcovid.standalone.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.jline.utils.WCWidth;
import org.junit.jupiter.api.Test;

class BubbleTest {
  private static final int FRAME = 6;

  @Test
  void theFrameIsAsWideAsTheLongestLine() {
    assertThat(bubble(40).draw("One\nand three"))
        .containsExactly("╭───────────╮", "│ One       │", "│ and three │", "╰───────────╯");
  }

  @Test
  void linesBreakBetweenWords() {
    assertThat(bubble(12).wrap("Wash your hands well")).containsExactly("Wash your", "hands well");
  }

  @Test
  void aWordThatIsTooLongIsBroken() {
    assertThat(bubble(10).wrap("see https://example.org"))
        .containsExactly("see", "https://ex", "ample.org");
  }

  @Test
  void chineseTakesTwoColumnsAndBreaksAnywhereSaveBeforePunctuation() {
    assertThat(bubble(10).wrap("您需要用肥皂洗手")).containsExactly("您需要用肥", "皂洗手");
    assertThat(bubble(10).wrap("您需要肥皂，洗手。")).containsExactly("您需要肥", "皂，洗手。");
    assertThat(bubble(12).draw("洗手")).containsExactly("╭──────╮", "│ 洗手 │", "╰──────╯");
  }

  @Test
  void emptyLinesStay() {
    assertThat(bubble(20).wrap("a\n\nb")).containsExactly("a", "", "b");
  }

  @Test
  void aMessageCannotSteerTheTerminal() {
    assertThat(bubble(20).wrap("a\033[31mb\u0007\tc")).containsExactly("a[31mb c");
  }

  @Test
  void aNarrowTerminalStillShowsTheText() {
    assertThat(new Bubble(3, WCWidth::wcwidth).wrap("Wash your hands"))
        .containsExactly("Wash your", "hands");
  }

  private static Bubble bubble(int textWidth) {
    return new Bubble(textWidth + FRAME, WCWidth::wcwidth);
  }

  @Test
  void onANarrowScreenLinesOfAListAreBrokenBetweenWords() {
    var narrow = new Bubble(40, codePoint -> 1);
    assertThat(narrow.indented("  /start SLUG  starts a drill, whatever was done before"))
        .hasSizeGreaterThan(1)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(38))
        .allSatisfy(line -> assertThat(line).startsWith("  "));
    String joined =
        String.join(" ", narrow.indented("  one two three four five six seven eight nine ten"));
    assertThat(joined.replaceAll(" +", " ").strip())
        .isEqualTo("one two three four five six seven eight nine ten");
    assertThat(narrow.indented("short  as   it is")).containsExactly("short  as   it is");
  }
}
