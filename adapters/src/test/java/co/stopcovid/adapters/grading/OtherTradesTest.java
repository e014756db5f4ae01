package co.stopcovid.adapters.grading;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.json.Fields;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.common.Language;
import co.stopcovid.drills.grading.AnswerKey;
import co.stopcovid.drills.grading.Verdict;
import co.stopcovid.drills.grading.Verdict.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Replies over other trades, labelled by someone who had seen neither the grader nor its tables.
 * The figures of the first run are in docs/decisions/0003-grading.md.
 */
class OtherTradesTest {
  private record Graded(boolean right, Verdict verdict, String line) {
    boolean isOfKind(String kind) {
      return line.contains("\"kind\": \"" + kind + "\"");
    }
  }

  @Test
  void keepsItsBounds() throws IOException {
    List<Graded> replies = replies();
    List<Graded> right = replies.stream().filter(Graded::right).toList();
    List<Graded> wrong = replies.stream().filter(reply -> !reply.right()).toList();

    assertThat(replies).hasSizeGreaterThan(1100);
    assertThat(wrong).as("wrong ones marked right").noneMatch(reply -> reply.verdict().correct());
    assertThat(share(right, Value.WRONG)).as("right ones called wrong").isLessThan(0.01);
    assertThat(share(right, Value.NOT_UNDERSTOOD)).as("right, not understood").isLessThan(0.05);
    assertThat(share(wrong, Value.NOT_UNDERSTOOD)).as("wrong, not understood").isLessThan(0.30);
    for (String kind : List.of("other-option", "wrong-number")) {
      List<Graded> ofKind = wrong.stream().filter(reply -> reply.isOfKind(kind)).toList();
      assertThat(share(ofKind, Value.NOT_UNDERSTOOD))
          .as("%s, not understood", kind)
          .isLessThan(0.05);
    }
  }

  private static double share(List<Graded> replies, Value value) {
    return (double) replies.stream().filter(reply -> reply.verdict().value() == value).count()
        / replies.size();
  }

  private static List<Graded> replies() throws IOException {
    List<Graded> replies = new ArrayList<>();
    try (InputStream in = OtherTradesTest.class.getResourceAsStream("/grading/trades.jsonl")) {
      assertThat(in).isNotNull();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        Fields fields = Fields.of(Json.parse(line), "a reply");
        AnswerKey key =
            AnswerKey.of(
                BuiltInLanguages.load(),
                new Language(fields.text("language")),
                fields.text("prompt"),
                accepted(fields, line));
        replies.add(
            new Graded(
                line.contains("\"correct\": true"), key.grade(fields.text("response")), line));
      }
    }
    return replies;
  }

  private static List<String> accepted(Fields fields, String line) {
    return line.contains("\"correct_response\": [")
        ? fields.textsOrNone("correct_response")
        : List.of(fields.text("correct_response"));
  }
}
