package co.stopcovid.adapters.languages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.common.Language;
import co.stopcovid.drills.AnswerWords;
import co.stopcovid.drills.AnswerWords.Role;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.keywords.KeywordTable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BuiltInLanguagesTest {
  private static final LanguageTables TABLES = BuiltInLanguages.load();

  @Test
  void holdsTheFiveLanguages() {
    assertThat(TABLES.all())
        .extracting(table -> table.language().code())
        .containsExactly("en", "es", "fr", "pt", "zh");
  }

  @Test
  void wordsThatYamlWouldReadOtherwiseAreStrings() {
    assertThat(TABLES.english().answers().of(Role.YES)).containsKeys("yes", "y");
    assertThat(TABLES.english().answers().of(Role.NO)).containsKeys("no", "n");
    assertThat(TABLES.english().answers().of(Role.NUMBER)).containsEntry("twenty", "20");
  }

  @Test
  void everyLanguageHasEveryMessage() {
    for (LanguageTable table : TABLES.all()) {
      assertThat(table.messages())
          .containsOnlyKeys(
              "match_correct_answer",
              "incorrect_answer",
              "corrected_answer",
              "unclear_option",
              "unclear_answer",
              "unclear_form",
              "drill_reminder",
              "user_validation_failed",
              "opted_out",
              "help",
              "which_language",
              "language_changed",
              "no_more_drills",
              "your_company",
              "example_days",
              "example_time",
              "list_comma",
              "list_or");
      assertThat(table.messages().get("corrected_answer")).contains("{{correct_answer}}");
    }
  }

  @Test
  void optOutIsNeverAnotherRequestInAnyLanguage() {
    assertThat(all(table -> table.keywords().optOut()))
        .doesNotContainAnyElementsOf(all(table -> table.keywords().optIn()))
        .doesNotContainAnyElementsOf(all(table -> table.keywords().more()))
        .doesNotContainAnyElementsOf(all(table -> table.keywords().help()))
        .doesNotContainAnyElementsOf(all(table -> table.keywords().courtesy()))
        .doesNotContainAnyElementsOf(all(table -> table.answers().of(Role.YES).keySet()))
        .doesNotContainAnyElementsOf(all(table -> table.answers().of(Role.NO).keySet()));
  }

  @Test
  void yesIsNeverNoInAnyLanguage() {
    assertThat(all(table -> table.answers().of(Role.YES).keySet()))
        .doesNotContainAnyElementsOf(all(table -> table.answers().of(Role.NO).keySet()));
  }

  @Test
  void namesOfLanguagesAreDistinct() {
    Set<String> seen = new HashSet<>();
    for (LanguageTable table : TABLES.all()) {
      Set<String> names = table.names().stream().map(FoldedText::words).collect(Collectors.toSet());
      assertThat(seen).doesNotContainAnyElementsOf(names);
      seen.addAll(names);
    }
  }

  @Test
  void aTableWithAnUnknownOrMissingFieldIsRefused() {
    assertThatThrownBy(() -> read("names: [x]\nnmaes: [y]\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("test.yaml");
    assertThatThrownBy(() -> read("names: {a: {b: c}}\n"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read("- names\n")).isInstanceOf(IllegalArgumentException.class);
  }

  private static LanguageTable read(String yaml) {
    return LanguageTableReader.read(
        new Language("xx"),
        "test.yaml",
        new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)),
        KeywordTable.NONE,
        AnswerWords.NONE);
  }

  private static Set<String> all(java.util.function.Function<LanguageTable, Set<String>> field) {
    return TABLES.all().stream()
        .flatMap(table -> field.apply(table).stream())
        .map(FoldedText::words)
        .collect(Collectors.toSet());
  }
}
