package co.stopcovid.testkit.scenario;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** A system that scenarios run on. */
public interface ScenarioSubject {
  /**
   * Handles a command with its {@code seq}, in the line form of {@code simulate --jsonl}.
   *
   * @return the line that answers it; {@code {"error": reason}} where the command was refused
   */
  JsonNode handle(JsonNode command);

  /** Opens a system of which nothing is known yet. */
  interface Factory {
    /**
     * @param drills a content folder, as {@code --drills} takes it
     * @param codes a file of registration codes, as {@code --codes} takes it
     */
    ScenarioSubject open(Path drills, Path codes);
  }
}
