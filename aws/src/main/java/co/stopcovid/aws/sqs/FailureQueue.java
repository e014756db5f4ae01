package co.stopcovid.aws.sqs;

import co.stopcovid.adapters.json.Fields;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.dialog.DeadLetter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Where goes what can never be processed, whole and with its reason, until a person has dealt with
 * it. Its readers take an entry that is there twice, after a crash, for one.
 */
public final class FailureQueue {
  /** In characters. A longer payload travels compressed, in parts no longer than this. */
  private static final int LONGEST_TEXT = 90_000;

  private static final String COMPRESSED = "payload_gzip";

  private final QueueSender queue;

  public FailureQueue(QueueSender queue) {
    this.queue = queue;
  }

  /**
   * Returns when all are in the queue.
   *
   * @throws UnsentMessagesException when some are not
   */
  public void add(List<DeadLetter> letters) {
    queue.send(letters.stream().map(letter -> QueueMessage.of(encode(letter))).toList());
  }

  static String encode(DeadLetter letter) {
    boolean isLong = letter.payload().length() > LONGEST_TEXT;
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("source", letter.source());
          json.writeStringProperty("source_id", letter.sourceId());
          json.writeStringProperty("reason", letter.reason());
          Json.writeTime(json, "created_time", letter.createdTime());
          if (isLong) {
            writeCompressed(json, letter.payload());
          } else {
            json.writeStringProperty("payload", letter.payload());
          }
          json.writeEndObject();
        });
  }

  /**
   * Reads the body of an entry.
   *
   * @throws MalformedJsonException when it has not the form of one
   */
  public static DeadLetter decode(String body) {
    JsonNode json = Json.parse(body);
    Fields fields = Fields.of(json, "a failed record");
    return new DeadLetter(
        fields.text("source"),
        fields.text("source_id"),
        fields.has(COMPRESSED) ? decompressed(json.get(COMPRESSED)) : fields.text("payload"),
        fields.text("reason"),
        fields.time("created_time"));
  }

  private static void writeCompressed(JsonGenerator json, String text) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError("nothing is written but memory", e);
    }
    String base64 = Base64.getEncoder().encodeToString(bytes.toByteArray());
    json.writeArrayPropertyStart(COMPRESSED);
    for (int i = 0; i < base64.length(); i += LONGEST_TEXT) {
      json.writeString(base64.substring(i, Math.min(base64.length(), i + LONGEST_TEXT)));
    }
    json.writeEndArray();
  }

  private static String decompressed(JsonNode parts) {
    var base64 = new StringBuilder();
    parts.forEach(part -> base64.append(part.asString("")));
    try (var gzip =
        new GZIPInputStream(
            new ByteArrayInputStream(Base64.getDecoder().decode(base64.toString())))) {
      return new String(gzip.readNBytes(Json.LONGEST), StandardCharsets.UTF_8);
    } catch (IOException | IllegalArgumentException e) {
      throw new MalformedJsonException(COMPRESSED + ": must be a compressed text", e);
    }
  }
}
