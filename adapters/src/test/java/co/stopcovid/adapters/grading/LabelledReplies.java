package co.stopcovid.adapters.grading;

import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.common.Language;
import co.stopcovid.drills.grading.AnswerKey;
import co.stopcovid.drills.grading.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A table of replies, each labelled by hand, and how the grader does on it: what is right has to be
 * marked right, what is wrong must not be, and what is unclear has to be asked again.
 */
record LabelledReplies(List<Example> examples) {
  record Example(
      Language language, String about, String prompt, String correct, String reply, String label) {
    /** Empty when the grader agrees. */
    String miss() {
      Verdict verdict =
          AnswerKey.of(BuiltInLanguages.load(), language, prompt, correct).grade(reply);
      return agrees(verdict)
          ? ""
          : "MISS %s [%s] answer '%s' reply '%s' should be %s: %s"
              .formatted(language, about, correct, reply, label, verdict);
    }

    private boolean agrees(Verdict verdict) {
      return switch (label) {
        case "right" -> verdict.correct();
        case "unclear" -> !verdict.understood();
        default -> !verdict.correct();
      };
    }
  }

  /** Reads a table; groups without a language have the one given. */
  static LabelledReplies read(String resource, String defaultLanguage) {
    List<Example> examples = new ArrayList<>();
    try (InputStream yaml = LabelledReplies.class.getResourceAsStream(resource)) {
      for (JsonNode group : new YAMLMapper().readTree(yaml)) {
        String about = group.path("about").asString(group.path("rule").asString(""));
        var language = new Language(group.path("language").asString(defaultLanguage));
        for (String kind : List.of("right", "wrong", "unclear")) {
          for (JsonNode item : group.path(kind)) {
            examples.add(
                new Example(
                    language,
                    about,
                    group.path("prompt").asString(""),
                    group.path("correct").asString(""),
                    (item.isObject() ? item.path("reply") : item).asString(""),
                    kind));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new LabelledReplies(examples);
  }

  List<String> misses() {
    return examples.stream().map(Example::miss).filter(miss -> !miss.isEmpty()).toList();
  }
}
