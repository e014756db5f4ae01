package co.stopcovid.aws.kinesis;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.Fields;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedCommandException;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.NewCommand;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/**
 * Commands as the stream's records hold them: the wire form in UTF-8, with {@code format} and
 * {@code idempotency_key} beside {@code type} and {@code payload}. A record without the two is a
 * command of format 1 without a key.
 */
public final class CommandRecords {
  /** The longest record that Kinesis takes, in bytes, with its partition key. */
  public static final int LONGEST = 1_048_576;

  private static final int FORMAT = 1;

  private CommandRecords() {}

  public static byte[] encode(NewCommand command) {
    String key = command.idempotencyKey();
    String head =
        Json.write(
            json -> {
              json.writeStartObject();
              json.writeNumberProperty("format", FORMAT);
              if (key != null) {
                json.writeStringProperty("idempotency_key", key);
              }
              json.writeEndObject();
            });
    String body = CommandCodec.encode(command.command());
    // Two objects made one: the fields of the first come before those of the second.
    String record = head.substring(0, head.length() - 1) + ',' + body.substring(1);
    return record.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a record.
   *
   * @throws MalformedCommandException when it holds no command, or one of a format that this
   *     program does not know
   */
  public static NewCommand decode(byte[] record) {
    try {
      JsonNode json = Json.parse(record);
      Fields fields = Fields.of(json, "a command");
      if (fields.has("format") && fields.integer("format", 0, Long.MAX_VALUE) != FORMAT) {
        throw new MalformedCommandException("format: must be %d".formatted(FORMAT));
      }
      DialogCommand command = CommandCodec.decode(json);
      String key = fields.textOrNull("idempotency_key");
      if (key != null && (key.isEmpty() || key.length() > NewCommand.LONGEST_KEY)) {
        throw new MalformedCommandException(
            "idempotency_key: must have 1 to %d characters".formatted(NewCommand.LONGEST_KEY));
      }
      return new NewCommand(command, key);
    } catch (MalformedCommandException e) {
      throw e;
    } catch (MalformedJsonException e) {
      throw new MalformedCommandException(e);
    }
  }
}
