package co.stopcovid.standalone.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.sms.OutboundMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;

class TerminalScreenTest {
  private static final String CONTROL_D = "\004";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void readsLinesAsTheyAreTyped() throws IOException {
    try (var screen = screen("hola\n!! \"it's\\n\"\n\n", false)) {
      assertThat(screen.read()).isEqualTo("hola");
      assertThat(screen.read()).isEqualTo("!! \"it's\\n\"");
      assertThat(screen.read()).isEmpty();
      assertThat(screen.read()).isNull();
    }
  }

  @Test
  void controlDEnds() throws IOException {
    try (var screen = screen(CONTROL_D + "more\n", false)) {
      assertThat(screen.read()).isNull();
    }
  }

  @Test
  void drawsBubblesInColourOnlyWhenAsked() throws IOException {
    try (var screen = screen("", false)) {
      screen.message(new OutboundMessage("Hola", "https://example.org/a.png"));
      screen.note("Opted out.");
    }
    assertThat(out.toString(UTF_8))
        .contains("│ Hola │")
        .contains("[picture] https://example.org/a.png")
        .contains("Opted out.")
        .doesNotContain("\033[36m");
    out.reset();
    try (var screen = screen("", true)) {
      screen.message(new OutboundMessage("Hola", null));
    }
    assertThat(out.toString(UTF_8)).contains("\033[36m│\033[0m Hola \033[36m│\033[0m");
  }

  private TerminalScreen screen(String typed, boolean colour) throws IOException {
    var terminal =
        new ExternalTerminal(
            "test", "ansi", new ByteArrayInputStream(typed.getBytes(UTF_8)), out, UTF_8);
    terminal.setSize(Size.of(80, 24));
    return new TerminalScreen(terminal, colour, List.of("/help"));
  }
}
