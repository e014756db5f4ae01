package co.stopcovid.adapters.scenario;

import co.stopcovid.adapters.authoring.CourseReader;
import co.stopcovid.adapters.inmemory.InMemoryRegistrationCodes;
import co.stopcovid.adapters.json.CodesFile;
import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.ProfileCodec;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CurrentDrill;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.PromptState;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.sms.MessageWriter;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.testkit.scenario.ScenarioSubject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The engine on any stores, with content and codes from files. */
public final class EngineSubject implements ScenarioSubject {
  private static final LanguageTables LANGUAGES = BuiltInLanguages.load();
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");

  private final DialogStore store;
  private final DialogEngine engine;
  private final MessageWriter writer;

  /**
   * @param drills a content folder
   * @param codes a file of codes
   */
  public EngineSubject(DialogStore store, DrillVersions versions, Path drills, Path codes) {
    PublishedDrills published = CourseReader.read(drills).publish(LANGUAGES);
    this.store = store;
    engine =
        new DialogEngine(
            store,
            versions,
            published,
            new InMemoryRegistrationCodes(CodesFile.read(codes)),
            new Keywords(LANGUAGES),
            () -> NOW);
    writer = new MessageWriter(published.texts());
  }

  @Override
  public JsonNode handle(JsonNode json) {
    var command =
        new SequencedCommand(
            SequenceNumber.parse(json.required("seq").stringValue()), CommandCodec.decode(json));
    Outcome outcome = engine.handle(List.of(command)).getFirst();
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    return switch (outcome) {
      case Outcome.Rejected(String reason) -> line.put("error", reason);
      case Outcome.TryLater(String reason, var awaited) -> line.put("error", reason);
      default -> answer(line, command, outcome);
    };
  }

  private ObjectNode answer(ObjectNode line, SequencedCommand command, Outcome outcome) {
    line.put("seq", command.seq().toString());
    line.put("phone_number", command.phone().value());
    line.put("skipped", outcome instanceof Outcome.AlreadyProcessed);
    line.putArray("events");
    line.putArray("messages");
    if (outcome instanceof Outcome.Committed(DialogState before, EventBatch batch)) {
      line.set("events", Json.parse(Json.write(out -> EventBatchCodec.writeEvents(out, batch))));
      for (OutboundMessage message : writer.write(batch, before)) {
        line.withArray("messages")
            .addObject()
            .put("body", message.body())
            .put("media_url", message.mediaUrl());
      }
    }
    return line.set("state", state(command.phone()));
  }

  private ObjectNode state(PhoneNumber phone) {
    DialogState state = Objects.requireNonNull(store.load(Set.of(phone)).get(phone));
    CurrentDrill current = state.current();
    PromptState prompt = current == null ? null : current.prompt();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set(
        "user_profile", Json.parse(Json.write(out -> ProfileCodec.write(out, state.profile()))));
    json.put("current_drill", current == null ? null : current.drill().slug().value());
    json.put("drill_instance_id", current == null ? null : current.instanceId().toString());
    json.put("current_prompt", prompt == null ? null : prompt.slug().value());
    json.put("failures", prompt == null ? 0 : prompt.failures());
    return json;
  }
}
