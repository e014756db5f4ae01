package co.stopcovid.testkit.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One conversation: {@code {"name", "drills", "codes", "steps": [{"description", "command",
 * "events", "messages", "state", "skipped", "error"}]}}.
 *
 * <p>The drills are {@code "content"} for the sample course, or the name of a file in {@code
 * scenarios/courses} with {@code drills} and {@code translations} in StopCOVID's format. Steps are
 * numbered 1, 2, 3 … where their command has no {@code seq}. The text {@code {{drill_instance_id}}}
 * in a payload stands for the learner's drill instance, or the last one there was.
 */
public record Scenario(String name, String drills, JsonNode codes, List<Step> steps) {
  /**
   * A command and what must come of it.
   *
   * @param description what the step shows; may be empty
   * @param expected a part of the line that answers the command
   */
  public record Step(String description, ObjectNode command, ObjectNode expected) {}

  private static final Set<String> FIELDS = Set.of("name", "drills", "codes", "steps");
  private static final Set<String> EXPECTED =
      Set.of("events", "messages", "state", "skipped", "error");
  private static final String INSTANCE = "{{drill_instance_id}}";
  private static final JsonMapper JSON = new JsonMapper();

  public Scenario {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("scenario " + name + " has no steps");
    }
  }

  /**
   * Reads a scenario.
   *
   * @throws IllegalArgumentException when it has a field that is not known, or a step without a
   *     command or without anything expected of it
   */
  static Scenario parse(String json) {
    JsonNode document = JSON.readTree(json);
    checkFields(document, FIELDS);
    List<Step> steps = new ArrayList<>();
    for (JsonNode node : document.required("steps")) {
      var expected = ((ObjectNode) node).deepCopy();
      var command = (ObjectNode) expected.remove("command");
      JsonNode description = expected.remove("description");
      checkFields(expected, EXPECTED);
      if (command == null || expected.isEmpty()) {
        throw new IllegalArgumentException("no command, or nothing expected of it: " + node);
      }
      steps.add(new Step(description == null ? "" : description.stringValue(), command, expected));
    }
    return new Scenario(
        document.required("name").stringValue(),
        document.required("drills").stringValue(),
        document.required("codes"),
        steps);
  }

  private static void checkFields(JsonNode node, Set<String> known) {
    for (String field : node.propertyNames()) {
      if (!known.contains(field)) {
        throw new IllegalArgumentException("not a field of a scenario: " + field);
      }
    }
  }

  /**
   * Plays the conversation.
   *
   * @param work an empty folder, for what the subject is to read
   * @param content the folder of the sample course
   * @throws AssertionError when something else comes out; the message has the step
   */
  public void run(ScenarioSubject.Factory factory, Path work, Path content) {
    ScenarioSubject subject;
    try {
      subject = factory.open(course(work, content), write(work, "codes.json", codes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> instances = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      ObjectNode command = command(step.command(), i + 1, instances);
      JsonNode answer = subject.handle(command);
      String instance = answer.path("state").path("drill_instance_id").stringValue("");
      if (!instance.isEmpty()) {
        instances.put(learner(command), instance);
      }
      List<String> differences = Expectation.differences(step.expected(), answer);
      if (!differences.isEmpty()) {
        throw new AssertionError(
            "scenario %s, step %d: %s%n%s%n  %s%nthe whole answer: %s"
                .formatted(
                    name,
                    i + 1,
                    step.description(),
                    command,
                    String.join("\n  ", differences),
                    answer));
      }
    }
  }

  private Path course(Path work, Path content) throws IOException {
    if (drills.equals("content")) {
      return content;
    }
    JsonNode course = JSON.readTree(Scenarios.resource("courses/" + drills + ".json"));
    Path folder = Files.createDirectories(work.resolve("drills"));
    write(folder, "drills.json", course.required("drills"));
    write(folder, "translations.json", course.required("translations"));
    return folder;
  }

  private static Path write(Path folder, String file, JsonNode content) throws IOException {
    return Files.writeString(folder.resolve(file), content.toString());
  }

  private static ObjectNode command(ObjectNode written, int number, Map<String, String> instances) {
    ObjectNode command = JsonNodeFactory.instance.objectNode();
    command.put("seq", Integer.toString(number));
    command.setAll(written.deepCopy());
    JsonNode payload = command.path("payload");
    if (payload.path("drill_instance_id").stringValue("").equals(INSTANCE)) {
      ((ObjectNode) payload)
          .put("drill_instance_id", instances.getOrDefault(learner(command), "none"));
    }
    return command;
  }

  private static String learner(JsonNode command) {
    JsonNode payload = command.path("payload");
    return payload.path("From").stringValue(payload.path("phone_number").stringValue(""));
  }
}
