package co.stopcovid.standalone.jsonl;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.ProfileCodec;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CurrentDrill;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.PromptState;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.standalone.simulate.Simulator;
import co.stopcovid.standalone.simulate.Simulator.Exchange;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Handles commands: a command in, its events, messages and the state after it out. */
public final class SimulateLines implements JsonLines.Answerer {
  private final Simulator simulator;
  private @Nullable SequenceNumber highest;

  public SimulateLines(Simulator simulator) {
    this.simulator = simulator;
  }

  @Override
  public String answer(String line) {
    CommandCodec.Line read = CommandCodec.decodeLine(line);
    var command = new SequencedCommand(number(read.seq()), read.command());
    Exchange exchange = simulator.handle(command);
    return switch (exchange.outcome()) {
      case Outcome.Committed committed -> encode(command, exchange);
      case Outcome.Nothing nothing -> encode(command, exchange);
      case Outcome.AlreadyProcessed processed -> encode(command, exchange);
      case Outcome.Rejected(String reason) -> throw new UnanswerableException(reason);
      case Outcome.TryLater(String reason, var awaited) -> throw new UnanswerableException(reason);
    };
  }

  /** The number of a command that brings none is the next above all so far. */
  private SequenceNumber number(@Nullable SequenceNumber given) {
    SequenceNumber number = given != null ? given : next();
    if (highest == null || number.isAbove(highest)) {
      highest = number;
    }
    return number;
  }

  private SequenceNumber next() {
    try {
      return highest == null ? new SequenceNumber(BigInteger.ONE) : highest.next();
    } catch (IllegalArgumentException e) {
      throw new UnanswerableException("no sequence number is left above the highest so far");
    }
  }

  private static String encode(SequencedCommand command, Exchange exchange) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("seq", command.seq().toString());
          json.writeStringProperty("phone_number", command.phone().value());
          json.writeBooleanProperty(
              "skipped", exchange.outcome() instanceof Outcome.AlreadyProcessed);
          json.writeName("events");
          if (exchange.outcome() instanceof Outcome.Committed committed) {
            EventBatchCodec.writeEvents(json, committed.batch());
          } else {
            json.writeStartArray();
            json.writeEndArray();
          }
          json.writeArrayPropertyStart("messages");
          exchange.messages().forEach(message -> write(json, message));
          json.writeEndArray();
          json.writeName("state");
          writeState(json, exchange.after());
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, OutboundMessage message) {
    json.writeStartObject();
    Json.writeText(json, "body", message.body());
    Json.writeText(json, "media_url", message.mediaUrl());
    json.writeEndObject();
  }

  /** Writes where a learner stands, in short, without a name before it. */
  public static void writeState(JsonGenerator json, DialogState state) {
    CurrentDrill current = state.current();
    PromptState prompt = current == null ? null : current.prompt();
    json.writeStartObject();
    json.writeName("user_profile");
    ProfileCodec.write(json, state.profile());
    Json.writeText(json, "current_drill", current == null ? null : current.drill().slug().value());
    Json.writeText(
        json, "drill_instance_id", current == null ? null : current.instanceId().toString());
    Json.writeText(json, "current_prompt", prompt == null ? null : prompt.slug().value());
    json.writeNumberProperty("failures", prompt == null ? 0 : prompt.failures());
    json.writeEndObject();
  }
}
