package co.stopcovid.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private static final Columns PHONE = new Columns(40);
  private static final String COMMAND =
      "./dialog manage codes add ACME --company Acme --data 'a folder'";

  @Test
  void aFileHasRoomForEverything() {
    String line = "word ".repeat(100).strip();
    assertThat(new Columns(0).wrap(line)).containsExactly(line);
    assertThat(new Columns(0).wrap("  Say:", COMMAND, "(as here)"))
        .containsExactly("  Say: " + COMMAND + " (as here)");
  }

  @Test
  void linesAreBrokenBetweenWords() {
    assertThat(PHONE.wrap("  Sign in there with the password abcdefghijklmnop (kept in ./data)"))
        .containsExactly(
            "  Sign in there with the password", "    abcdefghijklmnop (kept in ./data)");
    assertThat(PHONE.wrap("short")).containsExactly("short");
  }

  @Test
  void aWordThatIsTooLongStandsAlone() {
    String address = "https://dialog.example.org/webhooks/twilio#rc=5";
    assertThat(PHONE.wrap("  It is " + address + " here"))
        .containsExactly("  It is", "    " + address, "    here");
  }

  /** Joined by the shell as it joins lines, they are the command. */
  @Test
  void aCommandRunsFromItsLines() {
    List<String> lines = PHONE.wrap("  There are no codes yet:", COMMAND, "(with it set as here)");
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(40));
    assertThat(lines).first().isEqualTo("  There are no codes yet:");
    assertThat(lines).last().isEqualTo("    (with it set as here)");
    String typed = String.join("\n", lines.subList(1, lines.size() - 1)).replace("\\\n", "");
    assertThat(typed.strip().replaceAll("  +", " ")).isEqualTo(COMMAND);
  }
}
