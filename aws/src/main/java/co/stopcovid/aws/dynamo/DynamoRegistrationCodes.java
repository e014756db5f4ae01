package co.stopcovid.aws.dynamo;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.ValidCodeCodec;
import co.stopcovid.dialog.CodeBook;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Registration codes kept in DynamoDB, an item each. Pages come in the order of a scan. */
public final class DynamoRegistrationCodes implements RegistrationCodes, CodeBook {
  static final String CODE = "code";
  static final String VERDICT = "verdict";

  /** As many as a transaction takes. */
  static final int MOST_AT_ONCE = 100;

  private static final Logger LOG = LoggerFactory.getLogger(DynamoRegistrationCodes.class);
  private static final CodeVerdict INVALID = new CodeVerdict.Invalid();

  private final DynamoDbClient client;
  private final Tables tables;
  private final Retry retry;
  private final BatchRead batchRead;

  public DynamoRegistrationCodes(DynamoDbClient client, Tables tables) {
    this(client, tables, Pause.SLEEP);
  }

  public DynamoRegistrationCodes(DynamoDbClient client, Tables tables, Pause pause) {
    this.client = client;
    this.tables = tables;
    this.retry = new Retry(pause);
    this.batchRead = new BatchRead(client, retry);
  }

  @Override
  public Map<RegistrationCode, CodeVerdict> check(Set<RegistrationCode> codes) {
    Map<RegistrationCode, CodeVerdict> verdicts = HashMap.newHashMap(codes.size());
    codes.forEach(code -> verdicts.put(code, INVALID));
    try {
      for (Map<String, AttributeValue> item : read(codes)) {
        verdicts.put(new RegistrationCode(Attributes.text(item, CODE)), verdict(item));
      }
    } catch (DynamoUnavailableException | SdkException e) {
      LOG.error("registration codes cannot be read", e);
      var unavailable = new CodeVerdict.Unavailable("the registration codes cannot be read now");
      codes.forEach(code -> verdicts.put(code, unavailable));
    }
    return verdicts;
  }

  private static CodeVerdict verdict(Map<String, AttributeValue> item) {
    try {
      return valid(item);
    } catch (MalformedItemException | MalformedJsonException e) {
      return new CodeVerdict.Unavailable("the code's entry cannot be read: " + e.getMessage());
    }
  }

  private static CodeVerdict.Valid valid(Map<String, AttributeValue> item) {
    return ValidCodeCodec.decode(Attributes.text(item, VERDICT));
  }

  private Collection<Map<String, AttributeValue>> read(Set<RegistrationCode> codes) {
    return batchRead.items(tables.registrationCodes(), CODE, codes, RegistrationCode::value);
  }

  /**
   * {@inheritDoc}
   *
   * @throws DynamoUnavailableException when they cannot be read now
   */
  @Override
  public List<Entry> page(@Nullable RegistrationCode after, int limit) {
    List<Entry> entries = new ArrayList<>();
    Map<String, AttributeValue> last = after == null ? Map.of() : key(after);
    while (entries.size() < limit) {
      ScanRequest.Builder scan =
          ScanRequest.builder()
              .tableName(tables.registrationCodes())
              .consistentRead(true)
              .limit(limit - entries.size());
      ScanRequest request = last.isEmpty() ? scan.build() : scan.exclusiveStartKey(last).build();
      ScanResponse page =
          retry.call("Scan " + tables.registrationCodes(), () -> client.scan(request));
      for (Map<String, AttributeValue> item : page.items()) {
        entries.add(new Entry(new RegistrationCode(Attributes.text(item, CODE)), valid(item)));
      }
      last = page.lastEvaluatedKey();
      if (last.isEmpty()) {
        break;
      }
    }
    return entries;
  }

  /**
   * {@inheritDoc}
   *
   * @throws DynamoUnavailableException when it cannot be read now
   */
  @Override
  public Optional<CodeVerdict.Valid> find(RegistrationCode code) {
    return read(Set.of(code)).stream().map(DynamoRegistrationCodes::valid).findFirst();
  }

  /**
   * {@inheritDoc}
   *
   * <p>More than {@value #MOST_AT_ONCE} that change are added in several steps. When that fails,
   * some may have been added; adding all of them again completes it.
   *
   * @throws DynamoUnavailableException when not all can be written now
   */
  @Override
  public int put(Map<RegistrationCode, CodeVerdict.Valid> codes) {
    var changed = new TreeMap<String, String>();
    codes.forEach((code, verdict) -> changed.put(code.value(), ValidCodeCodec.encode(verdict)));
    for (Map<String, AttributeValue> item : read(new HashSet<>(codes.keySet()))) {
      changed.remove(Attributes.text(item, CODE), Attributes.text(item, VERDICT));
    }
    List<TransactWriteItem> puts = new ArrayList<>();
    changed.forEach((code, verdict) -> puts.add(put(code, verdict)));
    var transaction = new Transaction(client, retry, tables.registrationCodes());
    for (int from = 0; from < puts.size(); from += MOST_AT_ONCE) {
      transaction.write(puts.subList(from, Math.min(from + MOST_AT_ONCE, puts.size())));
    }
    return changed.size();
  }

  private TransactWriteItem put(String code, String verdict) {
    var put =
        Put.builder()
            .tableName(tables.registrationCodes())
            .item(Map.of(CODE, Attributes.text(code), VERDICT, Attributes.text(verdict)))
            .build();
    return TransactWriteItem.builder().put(put).build();
  }

  /**
   * {@inheritDoc}
   *
   * @throws DynamoUnavailableException when it cannot be removed now
   */
  @Override
  public boolean remove(RegistrationCode code) {
    var delete =
        Delete.builder()
            .tableName(tables.registrationCodes())
            .key(key(code))
            .conditionExpression("attribute_exists(code)")
            .build();
    // A transaction tells its own repetition from another one that was first.
    return new Transaction(client, retry, tables.registrationCodes())
        .write(List.of(TransactWriteItem.builder().delete(delete).build()));
  }

  private static Map<String, AttributeValue> key(RegistrationCode code) {
    return Map.of(CODE, Attributes.text(code.value()));
  }
}
