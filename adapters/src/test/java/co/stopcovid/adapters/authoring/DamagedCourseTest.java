package co.stopcovid.adapters.authoring;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever authors write, reading it ends, and not with an exception. */
class DamagedCourseTest {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ":",
          ",",
          "- ",
          "&a",
          "*a",
          "!!x ",
          "|",
          "\n",
          "\t",
          "%",
          "@",
          "null",
          "? ",
          "---",
          "...",
          "#",
          "\u0000",
          "\ud83d",
          "<<: ",
          "!!binary ",
          "'",
          "0");
  private static final int ROUNDS = 1_000;

  @TempDir private Path path;

  @ParameterizedTest
  @CsvSource({
    "drills.json, 1",
    "translations.json, 2",
    "drills/01-soap.yaml, 3",
    "languages/en.yaml, 4",
  })
  void isRead(String file, long seed) {
    boolean isJson = file.endsWith(".json");
    Folder folder = isJson ? Folder.json(path) : Folder.yaml(path);
    String good =
        switch (file) {
          case "drills.json" -> Folder.DRILLS_JSON;
          case "translations.json" -> Folder.TRANSLATIONS_JSON;
          case "languages/en.yaml" -> Folder.ENGLISH;
          default -> Folder.DRILL;
        };
    for (int round = 0; round < ROUNDS; round++) {
      String damaged = damage(good, new Random(seed * ROUNDS + round));
      try {
        folder.with(file, damaged).read();
      } catch (RuntimeException e) {
        fail("seed %d round %d: %s".formatted(seed, round, damaged), e);
      }
    }
  }

  private static String damage(String good, Random random) {
    var text = new StringBuilder(good);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(4));
      text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
