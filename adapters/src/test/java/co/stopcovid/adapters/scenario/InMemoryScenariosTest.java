package co.stopcovid.adapters.scenario;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.inmemory.InMemoryDialogStore;
import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.testkit.scenario.Scenario;
import co.stopcovid.testkit.scenario.ScenarioSubject;
import co.stopcovid.testkit.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class InMemoryScenariosTest extends Scenarios {
  @Override
  protected ScenarioSubject.Factory factory() {
    return (drills, codes) ->
        new EngineSubject(new InMemoryDialogStore(), new InMemoryDrillVersions(), drills, codes);
  }

  @Test
  void aSubjectThatLosesAnEventFailsEveryScenario(@TempDir Path work) throws IOException {
    assertEachFails(work, line -> withoutLast(line, "events"));
  }

  @Test
  void aSubjectThatForgetsTheLearnerFailsEveryScenario(@TempDir Path work) throws IOException {
    for (Scenario scenario : all()) {
      assertThatThrownBy(
              () ->
                  scenario.run(
                      (drills, codes) -> command -> factory().open(drills, codes).handle(command),
                      Files.createTempDirectory(work, "scenario"),
                      content()))
          .as(scenario.name())
          .isInstanceOf(AssertionError.class);
    }
  }

  private void assertEachFails(Path work, UnaryOperator<JsonNode> tampering) throws IOException {
    for (Scenario scenario : all()) {
      Path folder = Files.createTempDirectory(work, "scenario");
      assertThatThrownBy(
              () ->
                  scenario.run(
                      (drills, codes) -> {
                        ScenarioSubject sound = factory().open(drills, codes);
                        return command -> tampering.apply(sound.handle(command));
                      },
                      folder,
                      content()))
          .as(scenario.name())
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(scenario.name());
    }
  }

  private static JsonNode withoutLast(JsonNode line, String list) {
    if (((ObjectNode) line).get(list) instanceof ArrayNode elements && !elements.isEmpty()) {
      elements.remove(elements.size() - 1);
    }
    return line;
  }
}
