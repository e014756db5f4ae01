package co.stopcovid.aws.dynamo;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.MissingDrillVersionException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.DrillVersions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import tools.jackson.databind.node.ObjectNode;

/**
 * Dialogs in DynamoDB. A commit is one transaction: the state on condition that its version is the
 * expected one, and each batch on condition that it is not there. Learners are independent of each
 * other and written at the same time.
 */
public final class DynamoDialogStore implements DialogStore {
  /** The most batches in one commit: a transaction has at most 100 items. */
  public static final int MOST_BATCHES = 99;

  private static final Logger LOG = LoggerFactory.getLogger(DynamoDialogStore.class);

  private final Tables tables;
  private final DrillVersions drillVersions;
  private final BatchRead batchRead;
  private final Transaction transaction;

  public DynamoDialogStore(DynamoDbClient client, Tables tables, DrillVersions drillVersions) {
    this(client, tables, drillVersions, Pause.SLEEP);
  }

  public DynamoDialogStore(
      DynamoDbClient client, Tables tables, DrillVersions drillVersions, Pause pause) {
    this.tables = tables;
    this.drillVersions = drillVersions;
    var retry = new Retry(pause);
    this.batchRead = new BatchRead(client, retry);
    this.transaction = new Transaction(client, retry, tables.dialogStates());
  }

  /**
   * {@inheritDoc}
   *
   * @throws DynamoUnavailableException when not all of them can be read now
   */
  @Override
  public Map<PhoneNumber, DialogState> load(Set<PhoneNumber> phones) {
    Map<PhoneNumber, DialogState> states = HashMap.newHashMap(phones.size());
    phones.forEach(phone -> states.put(phone, DialogState.initial(phone)));
    Map<PhoneNumber, ObjectNode> opened = new HashMap<>();
    Set<String> versionIds = new HashSet<>();
    for (Map<String, AttributeValue> item :
        batchRead.items(
            tables.dialogStates(), DialogStateItems.PHONE, phones, PhoneNumber::value)) {
      var phone = new PhoneNumber(Attributes.text(item, DialogStateItems.PHONE));
      try {
        ObjectNode state = DialogStateItems.open(item);
        opened.put(phone, state);
        String version = DialogStateItems.drillVersion(state);
        if (version != null) {
          versionIds.add(version);
        }
      } catch (MalformedItemException | MalformedJsonException e) {
        leaveOut(phone, e, states);
      }
    }
    Map<String, DrillVersion> drills =
        versionIds.isEmpty() ? Map.of() : drillVersions.get(versionIds);
    opened.forEach(
        (phone, state) -> {
          try {
            states.put(
                phone, DialogStateItems.read(state, id -> Optional.ofNullable(drills.get(id))));
          } catch (MalformedJsonException | MissingDrillVersionException e) {
            leaveOut(phone, e, states);
          }
        });
    return states;
  }

  private static void leaveOut(
      PhoneNumber phone, RuntimeException reason, Map<PhoneNumber, DialogState> states) {
    LOG.error("dialog state cannot be read: phone={} reason={}", phone, reason.getMessage());
    states.remove(phone);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when a learner stands in two commits, or a commit has more
   *     than {@value #MOST_BATCHES} batches; nothing was written then
   * @throws DynamoUnavailableException when not all can be written now; some may have been
   */
  @Override
  public Set<PhoneNumber> commit(List<DialogCommit> commits) {
    Set<PhoneNumber> phones = HashSet.newHashSet(commits.size());
    for (DialogCommit commit : commits) {
      if (!phones.add(commit.phone())) {
        throw new IllegalArgumentException("two commits of learner " + commit.phone());
      }
      if (commit.batches().size() > MOST_BATCHES) {
        throw new IllegalArgumentException(
            "%d batches of learner %s in one commit; at most %d are possible"
                .formatted(commit.batches().size(), commit.phone(), MOST_BATCHES));
      }
    }
    Set<PhoneNumber> conflicts = ConcurrentHashMap.newKeySet();
    Parallel.forEach(
        commits,
        commit -> {
          if (!write(commit)) {
            conflicts.add(commit.phone());
          }
        });
    return conflicts;
  }

  /** Whether the version was the expected one. */
  private boolean write(DialogCommit commit) {
    List<TransactWriteItem> puts = new ArrayList<>(commit.batches().size() + 1);
    puts.add(put(state(commit)));
    commit.batches().forEach(batch -> puts.add(put(batch(batch))));
    return transaction.write(puts);
  }

  private static TransactWriteItem put(Put put) {
    return TransactWriteItem.builder().put(put).build();
  }

  private Put state(DialogCommit commit) {
    Put.Builder put =
        Put.builder().tableName(tables.dialogStates()).item(DialogStateItems.write(commit.state()));
    return commit.expectedVersion() == 0
        ? put.conditionExpression("attribute_not_exists(phone_number)").build()
        : put.conditionExpression("version = :expected")
            .expressionAttributeValues(
                Map.of(":expected", Attributes.number(commit.expectedVersion())))
            .build();
  }

  private Put batch(EventBatch batch) {
    return Put.builder()
        .tableName(tables.eventBatches())
        .item(EventBatchItems.write(batch))
        .conditionExpression("attribute_not_exists(phone_number)")
        .build();
  }
}
