package co.stopcovid.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.drills.DrillVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillVersionCodecTest {
  private static final String FILE = "drill-version.json";

  @Test
  void readsAndWritesTheWholeContent() {
    DrillVersion read = DrillVersionCodec.decode(Golden.read(FILE), Samples.TABLES);

    assertThat(read).isEqualTo(Samples.DRILL);
    assertThat(read.drill()).isEqualTo(Samples.DRILL.drill());
    assertThat(read.translations().asMap()).isEqualTo(Samples.DRILL.translations().asMap());
    Golden.assertWrittenAs(FILE, DrillVersionCodec.encode(Samples.DRILL));
  }

  @Test
  void refusesContentThatChanged() {
    String json = Golden.read(FILE).replace("What do you need?", "What else do you need?");
    assertThatThrownBy(() -> DrillVersionCodec.decode(json, Samples.TABLES))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageStartingWith(
            "id: the content of drill 01-washing-your-hands stored as version %s has the id ",
            Samples.DRILL.id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"slug\": \"soap\" | \"slug\": \"name\" | drill.slug: drill 01-washing-your-hands has two",
        "\"max_failures\": 2 | \"max_failures\": 999 | drill.prompts[1].slug: prompt soap: max_fail",
        "\"key\": \"name\" | \"key\": \"validated\" | drill.prompts[0].response_user_profile_key: must be",
        "[{\"text\": \"{{bye}}\"}] | [{}] | drill.prompts[2].messages[0].text: is missing",
        "\"es\": { | \"Spanish\": { | translations.Spanish: not a language code",
        "¿Qué necesita?\" | {{unknown}}\" | drill version",
      })
  void saysWhereItIsMalformed(String part, String replacement, String message) {
    String json = Golden.read(FILE).replace("response_user_profile_key", "key");
    assertThat(json).contains(part);
    String broken =
        json.replace(part, replacement).replace("\"key\"", "\"response_user_profile_key\"");
    assertThatThrownBy(() -> DrillVersionCodec.decode(broken, Samples.TABLES))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageStartingWith(message);
  }
}
