package co.stopcovid.aws.dynamo;

import co.stopcovid.adapters.json.DrillVersionCodec;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.drills.LanguageTables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Drill versions in DynamoDB, the most used ones in memory too. The content is compressed: an item
 * has at most 400 KB, and each further kilobyte costs another unit.
 */
public final class DynamoDrillVersions implements DrillVersions {
  static final String ID = "id";
  static final String CONTENT = "content";

  private static final Logger LOG = LoggerFactory.getLogger(DynamoDrillVersions.class);
  private static final int MOST_IN_MEMORY = 500;

  /** As much as JSON may be read of at once: content is checked before it is stored. */
  private static final int LONGEST_CONTENT = 10_000_000;

  private final DynamoDbClient client;
  private final Tables tables;
  private final LanguageTables languages;
  private final Retry retry;
  private final BatchRead batchRead;
  private final Map<String, DrillVersion> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, DrillVersion> eldest) {
              return size() > MOST_IN_MEMORY;
            }
          });

  public DynamoDrillVersions(DynamoDbClient client, Tables tables, LanguageTables languages) {
    this(client, tables, languages, Pause.SLEEP);
  }

  public DynamoDrillVersions(
      DynamoDbClient client, Tables tables, LanguageTables languages, Pause pause) {
    this.client = client;
    this.tables = tables;
    this.languages = languages;
    this.retry = new Retry(pause);
    this.batchRead = new BatchRead(client, retry);
  }

  /**
   * {@inheritDoc}
   *
   * @throws DynamoUnavailableException when not all can be written now; some may have been
   */
  @Override
  public void put(Collection<DrillVersion> versions) {
    Map<String, DrillVersion> missing = new HashMap<>();
    versions.forEach(version -> missing.put(version.id(), version));
    // Reading costs a tenth of writing what is there already.
    missing.keySet().removeAll(get(missing.keySet()).keySet());
    Parallel.forEach(missing.values(), this::write);
    known.putAll(missing);
  }

  /** Without a condition: whoever else writes this id writes the same content. */
  private void write(DrillVersion version) {
    var request =
        PutItemRequest.builder()
            .tableName(tables.drillVersions())
            .item(
                Map.of(
                    ID,
                    Attributes.text(version.id()),
                    "slug",
                    Attributes.text(version.slug().value()),
                    CONTENT,
                    AttributeValue.fromB(compressed(DrillVersionCodec.encode(version)))))
            .build();
    retry.call("PutItem " + tables.drillVersions(), () -> client.putItem(request));
  }

  /**
   * {@inheritDoc}
   *
   * <p>One that is stored but cannot be read is logged and left out as well.
   *
   * @throws DynamoUnavailableException when not all can be read now
   */
  @Override
  public Map<String, DrillVersion> get(Set<String> ids) {
    Map<String, DrillVersion> found = new HashMap<>();
    Set<String> missing = new HashSet<>();
    for (String id : ids) {
      DrillVersion version = known.get(id);
      if (version == null) {
        missing.add(id);
      } else {
        found.put(id, version);
      }
    }
    for (Map<String, AttributeValue> item :
        batchRead.items(tables.drillVersions(), ID, missing, id -> id)) {
      String id = Attributes.text(item, ID);
      try {
        DrillVersion version = DrillVersionCodec.decode(content(item), languages);
        known.put(id, version);
        found.put(id, version);
      } catch (MalformedItemException | MalformedJsonException e) {
        LOG.error("drill version cannot be read: id={} reason={}", id, e.getMessage());
      }
    }
    return found;
  }

  private static SdkBytes compressed(String content) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return SdkBytes.fromByteArrayUnsafe(bytes.toByteArray());
  }

  private static String content(Map<String, AttributeValue> item) {
    AttributeValue content = item.get(CONTENT);
    if (content == null || content.type() != AttributeValue.Type.B) {
      throw new MalformedItemException(CONTENT + " must be binary");
    }
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(content.b().asByteArray()))) {
      return new String(gzip.readNBytes(LONGEST_CONTENT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new MalformedItemException(CONTENT + " must be compressed", e);
    }
  }
}
