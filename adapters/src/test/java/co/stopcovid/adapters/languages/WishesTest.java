package co.stopcovid.adapters.languages;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.Keywords;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wishes to get no more messages, and texts that are only alike, in five languages. */
class WishesTest {
  private final Keywords keywords = new Keywords(BuiltInLanguages.load());

  @ParameterizedTest
  @ValueSource(strings = {"wishes", "wishes-held-out", "wishes-polite"})
  void areToldFromTextsThatAreOnlyAlike(String table) {
    List<String> wrong = new ArrayList<>();
    for (String language : List.of("en", "es", "fr", "pt", "zh")) {
      TableFields fields = read("/keywords/" + table + ".yaml");
      for (String wish : fields.list(language + "-wish")) {
        if (!keywords.isOptOut(wish)) {
          wrong.add(language + " no wish: " + wish);
        }
      }
      for (String alike : fields.list(language + "-alike")) {
        if (keywords.isOptOut(alike)) {
          wrong.add(language + " a wish: " + alike);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static TableFields read(String name) {
    InputStream yaml = Objects.requireNonNull(WishesTest.class.getResourceAsStream(name), name);
    return TableFields.read(name, yaml);
  }
}
