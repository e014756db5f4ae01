package co.stopcovid.drills;

import co.stopcovid.common.Language;
import co.stopcovid.drills.keywords.KeywordTable;
import co.stopcovid.drills.keywords.KeywordTable.Names;
import co.stopcovid.drills.keywords.KeywordTable.Reactions;
import co.stopcovid.drills.keywords.KeywordTable.Wishes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Small drills and languages, made by hand, for tests of the rules. */
public final class TestContent {
  public static final Language ENGLISH = Language.ENGLISH;
  public static final Language SPANISH = new Language("es");

  public static final LanguageTables TABLES =
      new LanguageTables(
          List.of(
              table(
                  "en",
                  names("English", "Inglés"),
                  Set.of("help", "info"),
                  Set.of("stop", "cancel"),
                  Set.of("start", "unstop", "yes"),
                  Set.of("more", "next"),
                  "please",
                  Map.ofEntries(
                      Map.entry("match_correct_answer", "Correct!"),
                      Map.entry("incorrect_answer", "Not quite. Try again."),
                      Map.entry("corrected_answer", "The answer is: {{correct_answer}}"),
                      Map.entry("unclear_option", "Reply {{options}}."),
                      Map.entry("unclear_answer", "Only your answer, please."),
                      Map.entry("unclear_form", "For example: {{options}}"),
                      Map.entry("drill_reminder", "Hello {{name}}, your question is waiting."),
                      Map.entry("user_validation_failed", "Ask {{company}} for your code."),
                      Map.entry("opted_out", "No more messages. START to come back."),
                      Map.entry("help", "Drills of {{company}}."),
                      Map.entry("which_language", "Which language? {{options}}"),
                      Map.entry("language_changed", "In English from now on."),
                      Map.entry("no_more_drills", "All done."),
                      Map.entry("list_comma", ", "),
                      Map.entry("list_or", " or "),
                      Map.entry("your_company", "your company"))),
              table(
                  "es",
                  names("Español", "Spanish"),
                  Set.of("ayuda"),
                  Set.of("parar", "basta"),
                  Set.of(),
                  Set.of("más"),
                  "por favor",
                  Map.of(
                      "match_correct_answer", "¡Correcto!",
                      "language_changed", "Desde ahora en español.",
                      "list_comma", ", ",
                      "list_or", " o ",
                      "user_validation_failed", "Pida su código a {{company}}.",
                      "your_company", "su empresa"))));

  public static final Keywords KEYWORDS = new Keywords(TABLES);

  private TestContent() {}

  /** In this order. */
  private static Set<String> names(String own, String other) {
    return new LinkedHashSet<>(List.of(own, other));
  }

  private static LanguageTable table(
      String language,
      Set<String> names,
      Set<String> help,
      Set<String> optOut,
      Set<String> optIn,
      Set<String> more,
      String polite,
      Map<String, String> messages) {
    return new LanguageTable(
        new Language(language),
        names,
        keywords(language, help, optOut, optIn, more),
        Set.of(polite),
        AnswerWords.NONE,
        messages);
  }

  private static KeywordTable keywords(
      String language, Set<String> help, Set<String> optOut, Set<String> optIn, Set<String> more) {
    boolean english = language.equals("en");
    return new KeywordTable(
        english ? help : Set.of(),
        english ? optOut : Set.of(),
        english ? Set.of() : help,
        english ? Set.of("what is this") : Set.of(),
        english ? Set.of() : optOut,
        optIn,
        more,
        /* courtesy= */ english ? Set.of("thanks") : Set.of("gracias"),
        /* courtesies= */ List.of(),
        /* language= */ english ? Set.of("language") : Set.of("idioma"),
        /* otherLanguages= */ english ? Set.of("German", "Deutsch") : Set.of("alemán"),
        english ? wishes() : Wishes.NONE,
        english
            ? new Reactions(
                Set.of("liked"),
                Set.of("reacted", "removed"),
                Set.of("heart"),
                Set.of("image"),
                Set.of("to", "from", "a", "an"))
            : Reactions.NONE,
        /* codeWords= */ english ? Set.of("code", "my code is") : Set.of("código"),
        english
            ? new Names(
                Set.of("hello"),
                Set.of("my name is"),
                Set.of("here"),
                Set.of("and i"),
                Set.of("not"))
            : new Names(Set.of(), Set.of("me llamo"), Set.of(), Set.of(), Set.of()));
  }

  private static Wishes wishes() {
    return new Wishes(
        Map.of("stop", List.of("stop"), "off", List.of("remove")),
        Set.of("stop", "off"),
        List.of("<stop> texting me"),
        List.of("<stop> it", "<off> me"),
        List.of("wrong number"),
        List.of("dont"),
        List.of());
  }

  /** A prompt with a right answer. */
  public static Prompt graded(String slug, String answer, int maxFailures, String... texts) {
    return prompt(slug, answer, null, maxFailures, texts);
  }

  /** A prompt to which any reply will do. */
  public static Prompt open(String slug, String... texts) {
    return prompt(slug, null, null, 1, texts);
  }

  /** A prompt whose reply goes to the profile. */
  public static Prompt asksFor(String slug, ProfileKey key, String... texts) {
    return prompt(slug, null, key, 1, texts);
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

  public static DrillVersion drill(String slug, Prompt... prompts) {
    return drill(slug, Translations.NONE, prompts);
  }

  public static DrillVersion drill(String slug, Translations translations, Prompt... prompts) {
    return DrillVersion.of(
        new Drill(new DrillSlug(slug), slug, List.of(prompts)), translations, TABLES);
  }

  /** Texts of one language: label and text in turn. */
  public static Translations texts(String language, String... labelsAndTexts) {
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < labelsAndTexts.length; i += 2) {
      labels.put(labelsAndTexts[i], labelsAndTexts[i + 1]);
    }
    return new Translations(Map.of(new Language(language), labels));
  }

  /** Both languages' texts. */
  public static Translations both(Translations one, Translations other) {
    Map<Language, Map<String, String>> all = new HashMap<>(one.asMap());
    all.putAll(other.asMap());
    return new Translations(all);
  }
}
