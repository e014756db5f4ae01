package co.stopcovid.testkit;

import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.drills.AnswerWords;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Translations;
import co.stopcovid.drills.keywords.KeywordTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Small content and other values for tests. The content brings all texts of its own, so that its
 * version ids are the same whatever language tables an adapter has.
 */
public final class Samples {
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");

  /** English and a little Spanish. */
  public static final LanguageTables TABLES =
      new LanguageTables(
          List.of(
              table(
                  "en",
                  Set.of("English", "Inglés"),
                  Set.of("help", "info"),
                  Set.of("stop", "opt out", "stop texting me"),
                  Set.of("start", "unstop", "yes"),
                  Set.of("more", "next"),
                  "please"),
              table(
                  "es",
                  Set.of("Español", "Spanish"),
                  Set.of("ayuda"),
                  Set.of("parar", "basta"),
                  Set.of("empezar", "sí"),
                  Set.of("más"),
                  "por favor")));

  private static LanguageTable table(
      String language,
      Set<String> names,
      Set<String> help,
      Set<String> optOut,
      Set<String> optIn,
      Set<String> more,
      String polite) {
    return new LanguageTable(
        new Language(language),
        names,
        keywords(language, help, optOut, optIn, more),
        Set.of(polite),
        AnswerWords.NONE,
        /* messages= */ engineTexts());
  }

  private static Map<String, String> engineTexts() {
    return Translations.ENGINE_LABELS.stream()
        .collect(Collectors.toMap(label -> label, label -> "Engine: " + label));
  }

  private static KeywordTable keywords(
      String language, Set<String> help, Set<String> optOut, Set<String> optIn, Set<String> more) {
    boolean english = language.equals("en");
    return KeywordTable.of(
        english ? help : Set.of(),
        english ? optOut : Set.of(),
        english ? Set.of() : help,
        english ? Set.of() : optOut,
        optIn,
        more);
  }

  private Samples() {}

  /** A learner that no other test knows, so that tests can share a database. */
  public static PhoneNumber newLearner() {
    return new PhoneNumber(
        "+9%013d".formatted(ThreadLocalRandom.current().nextLong(10_000_000_000_000L)));
  }

  public static List<PhoneNumber> newLearners(int count) {
    return Stream.generate(Samples::newLearner).distinct().limit(count).toList();
  }

  /** Graded, ungraded and profile prompts, with pictures, two tries and four. */
  public static DrillVersion drill(String slug) {
    return drill(slug, "What do you need besides water?");
  }

  /** The drill with another question, so another version of it. */
  public static DrillVersion drill(String slug, String question) {
    var drill =
        new Drill(
            new DrillSlug(slug),
            "A sample drill",
            List.of(
                prompt("language", null, ProfileKey.LANGUAGE, 1, "{{language}}"),
                prompt("name", null, ProfileKey.NAME, 1, "Welcome to {{company}}!", "{{name-q}}"),
                prompt("soap", "{{soap-answer}}", null, 1, "{{soap}}"),
                prompt("fingers", "b) Between the fingers", null, 3, "{{fingers}}"),
                new Prompt(
                    new PromptSlug("done"),
                    List.of(
                        new PromptMessage("Well done {{name}}", null),
                        new PromptMessage(null, "https://example.org/done.png")),
                    null,
                    null,
                    1)));
    return DrillVersion.of(drill, translations(question), TABLES);
  }

  private static Translations translations(String question) {
    return new Translations(
        Map.of(
            Language.ENGLISH,
            Map.ofEntries(
                Map.entry("language", "Language?\n1) English\n2) Español"),
                Map.entry("name-q", "What is your name?"),
                Map.entry("soap", question),
                Map.entry("soap-answer", "soap"),
                Map.entry("fingers", "Where else?\na) The elbow\nb) Between the fingers"),
                Map.entry("match_correct_answer", "Right!"),
                Map.entry("incorrect_answer", "Try again."),
                Map.entry("corrected_answer", "It is: {{correct_answer}}"),
                Map.entry("drill_reminder", "Hello {{name}}, a question waits."),
                Map.entry("user_validation_failed", "Ask {{company}} for your code."),
                Map.entry("your_company", "your company")),
            new Language("es"),
            Map.of(
                "soap", "¿Qué se necesita además de agua?",
                "soap-answer", "jabón",
                "match_correct_answer", "¡Correcto!")));
  }

  private static Prompt prompt(
      String slug,
      @Nullable String answer,
      @Nullable ProfileKey key,
      int maxFailures,
      String... texts) {
    List<PromptMessage> messages = new ArrayList<>();
    for (String text : texts) {
      messages.add(new PromptMessage(text, null));
    }
    return new Prompt(new PromptSlug(slug), messages, answer, key, maxFailures);
  }

  /** Every kind of value that an account may have. */
  public static AccountInfo account() {
    return AccountInfo.of(
        Map.of(
            "company",
            "Señor \"Acme\" & Söhne 有限公司",
            "employee_id",
            9_007_199_254_740_993L,
            "share",
            new BigDecimal("0.125"),
            "night_shift",
            true));
  }
}
