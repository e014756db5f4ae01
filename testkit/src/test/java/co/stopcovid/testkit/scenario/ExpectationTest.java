package co.stopcovid.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** A comparison that finds nothing to be different would let every scenario pass. */
class ExpectationTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                   | {\"a\":1}",
        "{\"a\":1}            | {\"a\":1,\"b\":2}",
        "{\"a\":null}         | {\"b\":2}",
        "{\"a\":null}         | {\"a\":null}",
        "{\"a\":[]}           | {\"a\":[]}",
        "{\"a\":[{\"b\":1}]}  | {\"a\":[{\"b\":1,\"c\":2}]}",
      })
  void aPartOfAnObjectIsEnough(String expected, String actual) {
    assertThat(differences(expected, actual)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1}              | {}                  | .a is missing, expected 1",
        "{\"a\":1}              | {\"a\":2}           | .a is 2, not 1",
        "{\"a\":null}           | {\"a\":2}           | .a is 2, not null",
        "{\"a\":\"\"}           | {\"a\":null}        | .a is null, not \"\"",
        "{\"a\":[]}             | {\"a\":[1]}         | .a has 1 elements, not 0: [1]",
        "{\"a\":[1]}            | {\"a\":[]}          | .a has 0 elements, not 1: []",
        "{\"a\":[1,2]}          | {\"a\":[2,1]}       | .a[0] is 2, not 1",
        "{\"a\":{\"b\":true}}   | {\"a\":{\"b\":false}} | .a.b is false, not true",
        "{\"a\":{}}             | {\"a\":[]}          | .a is [], not {}",
      })
  void whatIsDifferentIsNamed(String expected, String actual, String difference) {
    assertThat(differences(expected, actual)).contains(difference);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"steps\":[{\"command\":{}}]}                              | nothing expected",
        "{\"steps\":[{\"command\":{},\"evnts\":[]}]}                 | evnts",
        "{\"steps\":[{\"events\":[]}]}                               | no command",
        "{\"steps\":[{\"command\":{},\"events\":[]}],\"nmae\":\"x\"} | nmae",
        "{\"name\":\"x\",\"drills\":\"y\",\"codes\":{},\"steps\":[]} | no steps",
      })
  void aScenarioThatWouldCheckNothingIsRefused(String json, String reason) {
    assertThatThrownBy(() -> Scenario.parse(json)).hasMessageContaining(reason);
  }

  @Test
  void everyScenarioIsThere() {
    assertThat(Scenarios.all()).hasSizeGreaterThanOrEqualTo(12);
    assertThat(Scenarios.all()).extracting(Scenario::name).doesNotHaveDuplicates();
  }

  private static List<String> differences(String expected, String actual) {
    return Expectation.differences(JSON.readTree(expected), JSON.readTree(actual));
  }
}
