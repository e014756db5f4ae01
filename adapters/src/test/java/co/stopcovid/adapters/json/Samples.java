package co.stopcovid.adapters.json;

import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.UserProfile;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** What the golden files hold, as objects. */
final class Samples {
  static final PhoneNumber PHONE = new PhoneNumber("+12025550123");
  static final Instant TIME = Instant.parse("2026-11-22T10:15:30.120Z");
  static final UUID INSTANCE = UUID.fromString("0d3f0a52-6f0c-4a5e-8f43-7d4d7e0d9f11");
  static final PromptSlug SOAP = new PromptSlug("soap");
  static final PromptSlug FINGERS = new PromptSlug("fingers");
  static final AccountInfo ACCOUNT =
      new AccountInfo(
          new TreeMap<>(
              Map.of(
                  "company",
                  "Acme",
                  "employer_id",
                  165L,
                  "rate",
                  new BigDecimal("1.50"),
                  "serial",
                  new BigDecimal("12345678901234567890"),
                  "unionised",
                  true)));
  static final SequenceNumber KINESIS =
      SequenceNumber.parse("49545115243490985018280067714973144582180062593244200961");
  static final UserProfile PROFILE =
      new UserProfile(
          true,
          false,
          false,
          new Language("es"),
          ACCOUNT,
          Map.of(ProfileKey.NAME, "Ana", ProfileKey.JOB, "cook", ProfileKey.SELF_RATING_1, "4"));
  static final LanguageTables TABLES =
      new LanguageTables(List.of(table("en", engineTexts()), table("es", Map.of())));
  static final DrillVersion DRILL =
      DrillVersion.of(
          new Drill(
              new DrillSlug("01-washing-your-hands"),
              "Washing your hands",
              List.of(
                  new Prompt(
                      new PromptSlug("name"),
                      List.of(new PromptMessage("What is your name?", null)),
                      null,
                      ProfileKey.NAME,
                      1),
                  new Prompt(
                      SOAP,
                      List.of(
                          new PromptMessage("{{soap}}", "https://example.org/soap.png"),
                          new PromptMessage(null, "https://example.org/water.png")),
                      "b) soap",
                      null,
                      2),
                  new Prompt(FINGERS, List.of(new PromptMessage("{{bye}}", null)), null, null, 1))),
          new Translations(
              Map.of(
                  Language.ENGLISH,
                  Map.of("soap", "What do you need?", "bye", "Bye {{name}}", "unused", "no"),
                  new Language("es"),
                  Map.of("soap", "¿Qué necesita?"))),
          TABLES);
  static final Function<String, Optional<DrillVersion>> VERSIONS =
      id -> id.equals(DRILL.id()) ? Optional.of(DRILL) : Optional.empty();

  private Samples() {}

  private static Map<String, String> engineTexts() {
    var texts = new TreeMap<String, String>();
    for (String label : Translations.ENGINE_LABELS) {
      texts.put(label, "Engine: " + label);
    }
    return texts;
  }

  private static LanguageTable table(String code, Map<String, String> messages) {
    return new LanguageTable(
        new Language(code), Set.of(), KeywordTable.NONE, Set.of(), AnswerWords.NONE, messages);
  }
}
