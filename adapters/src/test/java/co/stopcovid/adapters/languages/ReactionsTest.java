package co.stopcovid.adapters.languages;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.Keywords.Request;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A phone's reports of reactions, and texts that are only alike, in five languages. */
class ReactionsTest {
  /** Each style around %s; the last ones are cut off, or have what nobody sees in them. */
  private static final List<String> QUOTES =
      List.of(
          "“%s”",
          "\"%s\"",
          "'%s'",
          "‘%s’",
          "« %s »",
          "«\u00a0%s\u00a0»",
          "„%s“",
          "”%s”",
          "「%s」",
          "『%s』",
          "《%s》",
          "‹%s›",
          "〝%s〞",
          "＂%s＂",
          "``%s''",
          "\u200a“\u200a%s\u200a”\u200a",
          "\u200b\"\u200b %s \u200b\"\u200b",
          "“%s…",
          "“%s");

  private static final List<String> QUOTED =
      List.of(
          "b",
          "What's your name?",
          "Reply with one letter: which isn't clean?\n\na) the worker's “clean” hands\nb) it's 'soap'\nc) all",
          "¿Cuál es su trabajo?\n1. Cocinero/a\n2. Mesero/a",
          "您叫什么名字？",
          "一\n二\n三");

  private final Keywords keywords = new Keywords(BuiltInLanguages.load());

  @Test
  void areToldInEveryWordingWithEveryMarkAroundTheMessage() {
    TableFields fields = read();
    List<String> missed = new ArrayList<>();
    for (String language : List.of("en", "es", "fr", "pt", "zh")) {
      for (String wording : fields.list(language + "-reaction")) {
        for (String quote : wording.endsWith("{q}") ? QUOTES : closed()) {
          for (String message : QUOTED) {
            String text = wording.replace("{q}", quote.formatted(message));
            collectMissed(text, missed);
            collectMissed(text.replace(" ", "\u200a"), missed);
          }
        }
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void areToldWithoutAMessage() {
    List<String> missed = new ArrayList<>();
    read().list("thing-reaction").forEach(text -> collectMissed(text, missed));
    assertThat(missed).isEmpty();
  }

  @Test
  void areToldInALongMessage() {
    String quoted = "Wash your hands often, and long enough. ".repeat(30);
    assertThat(keywords.hear("Loved “" + quoted + "”").is(Request.REACTION)).isTrue();
    assertThat(keywords.hear("👍 to “" + quoted + "”").is(Request.REACTION)).isTrue();
  }

  @Test
  void areNoTextsThatAreOnlyAlike() {
    List<String> taken = new ArrayList<>();
    for (String text : read().list("alike")) {
      if (keywords.hear(text).is(Request.REACTION)) {
        taken.add(text);
      }
    }
    assertThat(taken).isEmpty();
  }

  private static List<String> closed() {
    return QUOTES.stream().filter(quote -> !quote.endsWith("%s") && !quote.endsWith("…")).toList();
  }

  private void collectMissed(String text, List<String> missed) {
    if (!keywords.hear(text).is(Request.REACTION)) {
      missed.add(text.replace("\n", "⏎"));
    }
  }

  private static TableFields read() {
    String name = "/keywords/reactions.yaml";
    InputStream yaml = Objects.requireNonNull(ReactionsTest.class.getResourceAsStream(name), name);
    return TableFields.read(name, yaml);
  }
}
