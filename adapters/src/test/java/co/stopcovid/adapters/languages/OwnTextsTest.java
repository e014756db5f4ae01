package co.stopcovid.adapters.languages;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.Template;
import co.stopcovid.sms.SmsSegments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the engine's own texts cost when they are sent, in all languages. */
class OwnTextsTest {
  /** Long ones, as they are usual; all of GSM-7. */
  private static final Map<String, String> VALUES =
      Map.of(
          "name", "Maximiliano",
          "company", "Riverside Community Care and Nursing",
          "correct_answer", "c) 20 seconds with soap, between the fingers too",
          "options", "a, b, c, d, e, f");

  @Test
  void everyTextFitsItsSegments() {
    List<String> tooLong = new ArrayList<>();
    for (LanguageTable table : BuiltInLanguages.load().all()) {
      table
          .messages()
          .forEach(
              (label, text) -> {
                int segments = SmsSegments.of(filled(text)).segments();
                if (segments > SmsSegments.BUDGET) {
                  tooLong.add(table.language() + " " + label + ": " + segments + " segments");
                }
              });
    }
    assertThat(tooLong).isEmpty();
  }

  /**
   * One character outside the short encoding more than halves what a segment holds. A text of one
   * segment costs no more for it.
   */
  @Test
  void noTextNeedsTheLongEncodingWhereItsLanguageCanDoWithout() {
    List<String> outside = new ArrayList<>();
    for (LanguageTable table : BuiltInLanguages.load().all()) {
      if (!table.language().code().equals("zh")) {
        table
            .messages()
            .forEach(
                (label, text) -> {
                  SmsSegments sent = SmsSegments.of(filled(text));
                  if (sent.outsideGsm() != SmsSegments.NONE && sent.segments() > 1) {
                    String first = Character.toString(sent.outsideGsm());
                    outside.add("%s %s: %s".formatted(table.language(), label, first));
                  }
                });
      }
    }
    assertThat(outside).isEmpty();
  }

  private static String filled(String text) {
    return Template.parse(text).fill(value -> VALUES.getOrDefault(value, ""));
  }
}
