package co.stopcovid.adapters.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.common.Language;
import co.stopcovid.drills.grading.AnswerKey;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What holds of every prompt, on prompts made from a seed. */
class GradingPropertiesTest {
  private static final int PROMPTS = 300;

  /** Time of this thread alone: how busy the machine is must not matter. */
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  /** Nouns of drills: none holds another, and no two are a slip of the finger apart. */
  private static final Map<String, List<String>> NOUNS =
      Map.of(
          "en",
              List.of(
                  "soap",
                  "gloves",
                  "a thermometer",
                  "hand sanitizer",
                  "the apron",
                  "bleach and water",
                  "plastic"),
          "es",
              List.of(
                  "jabón",
                  "guantes",
                  "un termómetro",
                  "desinfectante",
                  "el delantal",
                  "cloro con agua",
                  "plástico"),
          "fr",
              List.of(
                  "du savon",
                  "des gants",
                  "un thermomètre",
                  "le tablier",
                  "désinfectant",
                  "plastique"),
          "pt", List.of("sabão", "luvas", "um termômetro", "o avental", "desinfetante", "plástico"),
          "zh", List.of("肥皂", "手套", "体温计", "消毒液", "围裙", "塑料袋"));

  private static final Map<String, List<String>> NEGATIONS =
      Map.of(
          "en",
              List.of(
                  "not %s", "no %s", "never %s", "don't use %s", "without %s", "I do not use %s"),
          "es", List.of("no %s", "sin %s", "nunca %s", "no uso %s"),
          "fr", List.of("pas %s", "sans %s", "jamais %s", "je n'utilise pas %s"),
          "pt", List.of("não %s", "sem %s", "nunca %s", "não uso %s"),
          "zh", List.of("不%s", "不要%s", "没有%s", "别用%s"));

  private record Drill(
      String language, List<String> options, List<String> labels, int right, boolean labelled) {
    AnswerKey key() {
      var question = new StringBuilder("???");
      for (int i = 0; i < options.size(); i++) {
        question.append('\n').append(labels.get(i)).append(") ").append(options.get(i));
      }
      String answer = options.get(right);
      return AnswerKey.of(
          BuiltInLanguages.load(),
          new Language(language),
          question.toString(),
          labelled ? labels.get(right) + ") " + answer : answer);
    }

    boolean isRight(String reply) {
      return key().grade(reply).correct();
    }
  }

  @Test
  void theAnswerIsRightAndEveryOtherOptionWrong() {
    forEachDrill(
        drill -> {
          for (int i = 0; i < drill.options().size(); i++) {
            boolean right = i == drill.right();
            String option = drill.options().get(i);
            String label = drill.labels().get(i);
            for (String reply :
                List.of(
                    option,
                    option.toUpperCase(java.util.Locale.ROOT),
                    " " + option + ". ",
                    label,
                    label + ") " + option,
                    "(" + label + ")")) {
              assertThat(drill.isRight(reply)).as("%s: %s", drill, reply).isEqualTo(right);
            }
          }
        });
  }

  @Test
  void anyOtherLabelIsWrong() {
    forEachDrill(
        drill -> {
          String right = drill.labels().get(drill.right());
          for (char c = 'a'; c <= 'z'; c++) {
            if (!right.equals(String.valueOf(c))) {
              assertThat(drill.isRight(String.valueOf(c))).as("%s: %s", drill, c).isFalse();
              assertThat(drill.isRight(right + " or " + c)).as("%s: or %s", drill, c).isFalse();
            }
          }
        });
  }

  @Test
  void aNegationTurnsTheAnswerRound() {
    forEachDrill(
        drill -> {
          for (String negation : NEGATIONS.getOrDefault(drill.language(), List.of())) {
            String negated = negation.formatted(drill.options().get(drill.right()));
            assertThat(drill.isRight(negated)).as("%s: %s", drill, negated).isFalse();
          }
        });
  }

  @Test
  void anyTwoOptionsAreWrong() {
    forEachDrill(
        drill -> {
          for (String one : drill.options()) {
            for (String other : drill.options()) {
              if (!one.equals(other)) {
                String both = one + ", " + other;
                assertThat(drill.isRight(both)).as("%s: %s", drill, both).isFalse();
              }
            }
          }
        });
  }

  @Test
  void garbageIsWrongAndNeverThrows() {
    Random random = new Random(20261122);
    List<AnswerKey> keys = new ArrayList<>();
    forEachDrill(drill -> keys.add(drill.key()));
    for (int i = 0; i < 20_000; i++) {
      String garbage = garbage(random);
      AnswerKey key = keys.get(random.nextInt(keys.size()));
      assertThatCode(() -> key.grade(garbage)).as(escaped(garbage)).doesNotThrowAnyException();
    }
    for (String garbage :
        List.of(
            "\ud800",
            "\udc00\ud800",
            "\0",
            "\uffff",
            "\u0301",
            "1-",
            "-",
            "/",
            "1/",
            "--5--",
            "1.,",
            "1..2",
            ".",
            "0",
            "00",
            "((((",
            "'",
            "a'",
            "'a",
            "%",
            "5%5%")) {
      assertThatCode(() -> keys.getFirst().grade(garbage))
          .as(escaped(garbage))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void hostileRepliesTakeNoTime() {
    List<String> hostile =
        List.of(
            "a",
            "soap ",
            "not ",
            "a)",
            "不",
            "肥皂",
            "e\u0301",
            "\u0301\u0323",
            "\ufdfa",
            "1",
            "1-",
            "1,",
            "1 000 ",
            "ne ",
            "one hundred ",
            "i think it is ",
            "soap and ",
            "(",
            "'",
            "the answer is the ",
            "🧼",
            "x",
            "hand sanitizr ",
            "don't",
            "20 seconds or ",
            "twenty to ",
            "𝐀");
    AnswerKey en =
        AnswerKey.of(
            BuiltInLanguages.load(),
            new Language("en"),
            "How?\na) soap\nb) hand sanitizer\nc) 20 seconds",
            "b) hand sanitizer");
    AnswerKey fr =
        AnswerKey.of(BuiltInLanguages.load(), new Language("fr"), "Quoi ?", "ne pas toucher");
    AnswerKey zh = AnswerKey.of(BuiltInLanguages.load(), new Language("zh"), "?", "不要摸脸");
    for (int round = 0; round < 2; round++) { // the first warms up
      for (String part : hostile) {
        String reply = part.repeat(16_000 / part.length());
        for (AnswerKey key : List.of(en, fr, zh)) {
          long start = CPU.getCurrentThreadCpuTime();
          key.grade(reply);
          Duration taken = Duration.ofNanos(CPU.getCurrentThreadCpuTime() - start);
          if (round > 0) {
            assertThat(taken).as("%s…", escaped(part)).isLessThan(Duration.ofMillis(50));
          }
        }
      }
    }
  }

  private static void forEachDrill(Consumer<Drill> check) {
    Random random = new Random(42);
    for (int i = 0; i < PROMPTS; i++) {
      List<String> languages = NOUNS.keySet().stream().sorted().toList();
      String language = languages.get(i % languages.size());
      List<String> nouns = new ArrayList<>(NOUNS.getOrDefault(language, List.of()));
      Collections.shuffle(nouns, random);
      int count = 2 + random.nextInt(3);
      List<String> labels = List.of("a", "b", "c", "d").subList(0, count);
      check.accept(
          new Drill(
              language,
              List.copyOf(nouns.subList(0, count)),
              labels,
              random.nextInt(count),
              random.nextBoolean()));
    }
  }

  private static String garbage(Random random) {
    String likely = "abc)(.,-/%$ 0123456789'\n¿é不是或a b\u0301\u200d🧼";
    var garbage = new StringBuilder();
    int length = random.nextInt(30);
    for (int i = 0; i < length; i++) {
      if (random.nextInt(3) > 0) {
        garbage.append(likely.charAt(random.nextInt(likely.length())));
      } else {
        garbage.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
      }
    }
    return garbage.toString();
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder();
    text.chars()
        .limit(60)
        .forEach(
            c ->
                escaped.append(
                    c < 128 && c > 31 ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
    return escaped.toString();
  }
}
