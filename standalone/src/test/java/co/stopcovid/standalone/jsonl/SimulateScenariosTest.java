package co.stopcovid.standalone.jsonl;

import co.stopcovid.adapters.authoring.CourseReader;
import co.stopcovid.adapters.inmemory.InMemoryRegistrationCodes;
import co.stopcovid.adapters.json.CodesFile;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.standalone.simulate.Simulator;
import co.stopcovid.testkit.scenario.ScenarioSubject;
import co.stopcovid.testkit.scenario.Scenarios;
import java.nio.file.Path;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;

/** The scenarios of testkit on what {@code simulate --jsonl} answers. */
class SimulateScenariosTest extends Scenarios {
  private static final LanguageTables LANGUAGES = BuiltInLanguages.load();
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");

  @Override
  protected ScenarioSubject.Factory factory() {
    return SimulateScenariosTest::open;
  }

  private static ScenarioSubject open(Path drills, Path codes) {
    var lines =
        new SimulateLines(
            new Simulator(
                CourseReader.read(drills).publish(LANGUAGES),
                new InMemoryRegistrationCodes(CodesFile.read(codes)),
                new Keywords(LANGUAGES),
                () -> NOW,
                null));
    return command -> {
      try {
        return Json.parse(lines.answer(command.toString()));
      } catch (UnanswerableException refused) {
        return JsonNodeFactory.instance.objectNode().put("error", refused.getMessage());
      }
    };
  }
}
