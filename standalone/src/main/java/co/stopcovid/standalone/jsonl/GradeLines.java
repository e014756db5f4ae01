package co.stopcovid.standalone.jsonl;

import co.stopcovid.adapters.json.Fields;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.common.Language;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.grading.AnswerKey;
import co.stopcovid.drills.grading.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Grades replies: {@code language}, {@code prompt}, {@code correct_response} (a text, or a list of
 * the accepted forms), {@code response}.
 */
public final class GradeLines implements JsonLines.Answerer {
  private static final int MOST_KEYS = 1_000;

  private record Prompt(Language language, String question, List<String> accepted) {}

  private final LanguageTables tables;

  /** Preparing a key costs more than grading, and files of replies go prompt by prompt. */
  private final Map<Prompt, AnswerKey> keys =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Prompt, AnswerKey> eldest) {
          return size() > MOST_KEYS;
        }
      };

  public GradeLines(LanguageTables tables) {
    this.tables = tables;
  }

  @Override
  public String answer(String line) {
    Fields fields = Fields.of(Json.parse(line), "a reply to grade");
    var prompt =
        new Prompt(
            language(fields), fields.text("prompt"), fields.oneOrMoreTexts("correct_response"));
    String response = fields.text("response");
    Verdict verdict =
        keys.computeIfAbsent(
                prompt,
                missing ->
                    AnswerKey.of(
                        tables, missing.language(), missing.question(), missing.accepted()))
            .grade(response);
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeBooleanProperty("correct", verdict.correct());
          json.writeBooleanProperty("understood", verdict.understood());
          json.writeStringProperty("choice", verdict.choice());
          json.writeStringProperty("reason", verdict.reason());
          json.writeEndObject();
        });
  }

  private Language language(Fields fields) {
    if (!fields.has("language")) {
      return Language.ENGLISH;
    }
    Language language = fields.value("language", "a language code", Language::new);
    if (tables.find(language).isEmpty()) {
      String known =
          tables.all().stream()
              .map(LanguageTable::language)
              .map(Language::code)
              .collect(Collectors.joining(", "));
      throw fields.malformed(
          "language", "unknown language %s; known are %s".formatted(language, known));
    }
    return language;
  }
}
