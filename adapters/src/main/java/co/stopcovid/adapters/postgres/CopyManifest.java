package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a copy of a database holds.
 *
 * @param version of the tables: that of the last migration
 * @param createdTime of the moment that it shows
 */
public record CopyManifest(
    String version, Instant createdTime, List<Table> tables, List<Sequence> sequences) {
  static final String ENTRY = "manifest.json";

  /** Of migrations, whose versions are whole numbers with zeros before them. */
  static final Comparator<String> BY_VERSION = Comparator.comparingLong(CopyManifest::number);

  private static final int FORMAT = 1;

  public CopyManifest {
    tables = List.copyOf(tables);
    sequences = List.copyOf(sequences);
  }

  /**
   * A table.
   *
   * @param columns in the order in which its file has them
   * @param sha256 of its file
   */
  public record Table(String name, List<String> columns, long rows, String sha256) {
    public Table {
      columns = List.copyOf(columns);
    }
  }

  /** A sequence as PostgreSQL keeps it. */
  public record Sequence(String name, long lastValue, boolean isCalled) {}

  /** All tables together. */
  public long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  private static long number(String version) {
    return version.matches("[0-9]{1,18}") ? Long.parseLong(version) : Long.MAX_VALUE;
  }

  static String entry(String table) {
    return "tables/" + table;
  }

  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  static String quoted(List<String> names) {
    return names.stream().map(CopyManifest::quoted).collect(Collectors.joining(", "));
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  byte[] encode() {
    return Json.write(
            json -> {
              json.writeStartObject();
              json.writeNumberProperty("format", FORMAT);
              json.writeStringProperty("schema_version", version);
              Json.writeTime(json, "created_time", createdTime);
              json.writeArrayPropertyStart("tables");
              for (Table table : tables) {
                json.writeStartObject();
                json.writeStringProperty("name", table.name());
                json.writeArrayPropertyStart("columns");
                table.columns().forEach(json::writeString);
                json.writeEndArray();
                json.writeNumberProperty("rows", table.rows());
                json.writeStringProperty("sha256", table.sha256());
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeArrayPropertyStart("sequences");
              for (Sequence sequence : sequences) {
                json.writeStartObject();
                json.writeStringProperty("name", sequence.name());
                json.writeNumberProperty("last_value", sequence.lastValue());
                json.writeBooleanProperty("is_called", sequence.isCalled());
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeEndObject();
            })
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws IllegalArgumentException when it is none, or of a format that is not known
   */
  static CopyManifest decode(byte[] json) {
    try {
      JsonNode root = Json.parse(json);
      if (root.path("format").asInt(0) != FORMAT) {
        throw new IllegalArgumentException("its format is another than " + FORMAT);
      }
      List<Table> tables = new ArrayList<>();
      for (JsonNode table : root.path("tables")) {
        List<String> columns = new ArrayList<>();
        table.path("columns").forEach(column -> columns.add(column.asString()));
        tables.add(
            new Table(
                table.path("name").asString(),
                columns,
                table.path("rows").asLong(),
                table.path("sha256").asString()));
      }
      List<Sequence> sequences = new ArrayList<>();
      for (JsonNode sequence : root.path("sequences")) {
        sequences.add(
            new Sequence(
                sequence.path("name").asString(),
                sequence.path("last_value").asLong(),
                sequence.path("is_called").asBoolean()));
      }
      return new CopyManifest(
          root.path("schema_version").asString(),
          Instant.parse(root.path("created_time").asString()),
          tables,
          sequences);
    } catch (MalformedJsonException | DateTimeException e) {
      throw new IllegalArgumentException("its manifest cannot be read", e);
    }
  }
}
