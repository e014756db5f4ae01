package co.stopcovid.adapters.grading;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.common.Language;
import co.stopcovid.drills.grading.AnswerKey;
import co.stopcovid.drills.grading.Verdict;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What holds of every reply, on cases made from a seed: its dress never changes a verdict, a word
 * that turns it never leaves it right, and the order of the options does not matter. {@code
 * -Dgrading.cases=100000} runs more of them, {@code -Dgrading.seed} others.
 */
class GradingInvariantsTest {
  private static final int CASES = Integer.getInteger("grading.cases", 5_000);
  private static final long SEED = Long.getLong("grading.seed", 20261130);

  /**
   * A prompt and replies to it.
   *
   * @param options what it lists; empty: nothing
   * @param answer the right answer
   * @param replies other replies, right or not
   */
  private record Question(
      String language, String text, List<String> options, String answer, List<String> replies) {
    AnswerKey key(List<String> order) {
      var question = new StringBuilder(text);
      for (int i = 0; i < order.size(); i++) {
        question.append('\n').append((char) ('a' + i)).append(") ").append(order.get(i));
      }
      return AnswerKey.of(
          BuiltInLanguages.load(), new Language(language), question.toString(), answer);
    }
  }

  private static final List<Question> QUESTIONS =
      List.of(
          new Question(
              "en",
              "What do you wear on a ladder truck?",
              List.of("A harness", "Sandals", "A raincoat", "Sunglasses"),
              "A harness",
              List.of("harness", "sandals", "a raincoat", "no idea", "hats", "rain", "sunglass")),
          new Question(
              "en",
              "How long do you rinse a burn?",
              List.of(),
              "20 minutes",
              List.of("twenty minutes", "20 min", "20", "20 seconds", "2 minutes", "water", "19")),
          new Question(
              "en", "Who signs the key log?", List.of(), "The night manager", List.of("manager")),
          new Question(
              "es",
              "¿Con qué se seca el piso?",
              List.of("Con un trapeador", "Con una escoba", "Con la mano"),
              "Con un trapeador",
              List.of("trapeador", "escoba", "la mano", "no sé", "el piso", "una toalla")),
          new Question(
              "es",
              "¿A qué temperatura se guarda el helado?",
              List.of(),
              "-20 °C",
              List.of("menos 20", "-20", "20", "20 bajo cero", "-2", "frío")),
          new Question(
              "fr",
              "Que portez-vous pour souder ?",
              List.of("Un casque", "Une écharpe", "Des sandales"),
              "Un casque",
              List.of("casque", "une écharpe", "sandales", "je ne sais pas", "un chapeau")),
          new Question(
              "fr",
              "Combien de litres d'eau ?",
              List.of(),
              "12 litres",
              List.of("douze litres", "12 l", "12", "2 litres", "12 mètres", "de l'eau")),
          new Question(
              "pt",
              "O que se usa para cortar a caixa?",
              List.of("Um estilete", "Uma colher", "Os dentes"),
              "Um estilete",
              List.of("estilete", "colher", "os dentes", "não sei", "faca")),
          new Question(
              "pt",
              "Quantos quilos se pode levantar?",
              List.of(),
              "25 kg",
              List.of("vinte e cinco quilos", "25 quilos", "25", "25 metros", "15 kg", "pesado")),
          new Question(
              "zh",
              "切面包用什么？",
              List.of("面包刀", "勺子", "剪纸刀"),
              "面包刀",
              List.of("勺子", "不知道", "叉子", "用面包刀")),
          new Question(
              "zh", "洗碗水要多少度？", List.of(), "60度", List.of("六十度", "60", "60米", "16度", "热水")));

  @Test
  void dressNeverChangesAVerdict() {
    Random random = new Random(SEED);
    for (int i = 0; i < CASES; i++) {
      Question question = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
      AnswerKey key = key(question);
      String reply = reply(question, random);
      String dressed = dressed(question.language(), reply, random);
      Verdict plain = key.grade(reply);
      Verdict verdict = key.grade(dressed);
      assertThat(List.of(verdict.value(), String.valueOf(verdict.choice())))
          .as("seed %d, case %d: '%s' as '%s' to %s", SEED, i, reply, dressed, question)
          .isEqualTo(List.of(plain.value(), String.valueOf(plain.choice())));
    }
  }

  @Test
  void aWordThatTurnsTheAnswerNeverLeavesItRight() {
    Random random = new Random(SEED);
    for (int i = 0; i < CASES; i++) {
      Question question = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
      AnswerKey key = key(question);
      String reply = reply(question, random);
      if (!key.grade(reply).correct()) {
        continue;
      }
      List<String> turns = turns(question.language());
      String turned = turns.get(random.nextInt(turns.size())).formatted(reply);
      String dressed = random.nextBoolean() ? dressed(question.language(), turned, random) : turned;
      assertThat(key.grade(dressed).correct())
          .as("seed %d, case %d: '%s' to %s", SEED, i, dressed, question)
          .isFalse();
    }
  }

  @Test
  void theOrderOfOptionsDoesNotMatter() {
    Random random = new Random(SEED);
    List<Question> listed = QUESTIONS.stream().filter(q -> !q.options().isEmpty()).toList();
    for (int i = 0; i < CASES / 10; i++) {
      Question question = listed.get(random.nextInt(listed.size()));
      List<String> order = new ArrayList<>(question.options());
      Collections.shuffle(order, random);
      String reply = reply(question, random);
      if (reply.length() < 3) {
        continue; // a label means what stands behind it
      }
      Verdict verdict = question.key(order).grade(reply);
      assertThat(verdict.value())
          .as("seed %d, case %d: '%s' to %s in the order %s", SEED, i, reply, question, order)
          .isEqualTo(key(question).grade(reply).value());
    }
  }

  @Test
  void aStatementTakenBackIsNeverRight() {
    for (Statements words : STATEMENTS) {
      for (boolean truth : List.of(true, false)) {
        String answer = truth ? words.yes() : words.no();
        String other = truth ? words.no() : words.yes();
        AnswerKey key =
            AnswerKey.of(
                BuiltInLanguages.load(), new Language(words.language()), words.ask(), answer);
        for (String denial : words.denials()) {
          for (String form : List.of("%1$s? %2$s, %3$s", "%1$s %2$s, %3$s", "%1$s, %2$s, %3$s")) {
            String reply = form.formatted(answer, denial, other);
            assertThat(key.grade(reply).correct())
                .as("'%s' where %s is right", reply, answer)
                .isFalse();
          }
        }
      }
    }
  }

  @Test
  void stepsTurnedRoundAreNeverRight() {
    for (Steps steps : STEPS) {
      String answer = String.join(", ", steps.steps());
      AnswerKey key =
          AnswerKey.of(BuiltInLanguages.load(), new Language(steps.language()), "?", answer);
      for (String behind : steps.behind()) {
        for (String form : List.of("%1$s %4$s %2$s, %3$s", "%1$s, %2$s %4$s %3$s")) {
          Object[] words = new ArrayList<>(steps.steps()).toArray(new Object[4]);
          words[3] = behind;
          assertThat(key.grade(form.formatted(words)).correct())
              .as("'%s' where %s is right", form.formatted(words), answer)
              .isFalse();
        }
      }
    }
  }

  /** What a question of truth is answered with, and what a reply takes it back with. */
  private record Statements(
      String language, String ask, String yes, String no, List<String> denials) {}

  private static final List<Statements> STATEMENTS =
      List.of(
          new Statements("en", "True or false?", "true", "false", List.of("no", "nope", "no no")),
          new Statements("es", "¿Verdadero o falso?", "verdadero", "falso", List.of("no", "nop")),
          new Statements("fr", "Vrai ou faux ?", "vrai", "faux", List.of("non", "mais non")),
          new Statements("pt", "Verdadeiro ou falso?", "verdadeiro", "falso", List.of("não", "n")),
          new Statements("zh", "对还是错？", "对", "错", List.of("不", "不是")),
          new Statements("en", "May you?", "yes", "no", List.of("no", "no wait", "sorry")),
          new Statements("es", "¿Se puede?", "sí", "no", List.of("no", "perdón")));

  /** Three steps, and what puts the one before it behind the one that follows. */
  private record Steps(String language, List<String> steps, List<String> behind) {}

  private static final List<Steps> STEPS =
      List.of(
          new Steps("en", List.of("sand", "prime", "paint"), List.of("after", "only after")),
          new Steps(
              "es",
              List.of("lijar", "barrer", "pintar"),
              List.of("después de", "luego de", "después que", "sólo después de")),
          new Steps("fr", List.of("poncer", "balayer", "peindre"), List.of("après", "dès que")),
          new Steps(
              "pt",
              List.of("lixar", "varrer", "pintar"),
              List.of("depois de", "após", "logo depois de", "depois que")));

  private static AnswerKey key(Question question) {
    return KEYS.get(QUESTIONS.indexOf(question));
  }

  private static final List<AnswerKey> KEYS =
      QUESTIONS.stream().map(question -> question.key(question.options())).toList();

  private static String reply(Question question, Random random) {
    List<String> replies = new ArrayList<>(question.replies());
    replies.add(question.answer());
    replies.addAll(question.options());
    for (int i = 0; i < question.options().size(); i++) {
      replies.add(String.valueOf((char) ('a' + i)));
    }
    return replies.get(random.nextInt(replies.size()));
  }

  private static String dressed(String language, String reply, Random random) {
    String dressed = reply;
    for (int times = 1 + random.nextInt(2); times > 0; times--) {
      dressed =
          switch (random.nextInt(7)) {
            case 0 -> dressed.toUpperCase(Locale.ROOT);
            case 1 -> Normalizer.normalize(dressed, Normalizer.Form.NFD).replaceAll("\\p{Mn}", "");
            case 2 -> "  " + dressed.replace(" ", "   ") + " \n";
            case 3 -> dressed + (language.equals("zh") ? "。" : ".");
            case 4 -> "“" + dressed + "”";
            case 5 -> pick(before(language), random) + dressed;
            default -> dressed + pick(after(language), random);
          };
    }
    return dressed;
  }

  private static String pick(List<String> texts, Random random) {
    return texts.get(random.nextInt(texts.size()));
  }

  private static List<String> before(String language) {
    return switch (language) {
      case "es" -> List.of("hola, ", "buenos días, ");
      case "fr" -> List.of("bonjour, ", "bonsoir, ");
      case "pt" -> List.of("olá, ", "bom dia, ");
      case "zh" -> List.of("你好，", "老师，");
      default -> List.of("hi, ", "good morning, ");
    };
  }

  private static List<String> after(String language) {
    return switch (language) {
      case "es" -> List.of(" por favor", ", gracias");
      case "fr" -> List.of(" svp", ", merci");
      case "pt" -> List.of(" por favor", ", obrigada");
      case "zh" -> List.of("，谢谢");
      default -> List.of(" please", ", thank you");
    };
  }

  private static List<String> turns(String language) {
    return switch (language) {
      case "es" -> List.of("no %s", "cualquiera menos %s", "menos de %s", "casi %s", "nunca %s");
      case "fr" -> List.of("pas %s", "tout sauf %s", "moins de %s", "presque %s", "jamais %s");
      case "pt" -> List.of("não %s", "tudo menos %s", "menos de %s", "quase %s", "nunca %s");
      case "zh" -> List.of("不是%s", "除了%s", "不到%s", "几乎%s", "别%s");
      default -> List.of("not %s", "anyone but %s", "less than %s", "almost %s", "anything but %s");
    };
  }
}
