package co.stopcovid.aws.dynamo;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a table must be created with. All are billed on demand.
 *
 * @param sortKey null when the partition key alone identifies an item
 * @param expiry the attribute that DynamoDB deletes by, in seconds since 1970; null for none.
 *     Deletion may be days late: readers check for themselves
 * @param stream whether what is written comes out of a stream, as its new image
 * @param index the one secondary index, with all attributes; null for none
 */
public record TableSchema(
    String name,
    Key partitionKey,
    @Nullable Key sortKey,
    @Nullable String expiry,
    boolean stream,
    @Nullable Index index) {
  /** The type of a key attribute. */
  public enum KeyType {
    TEXT,
    NUMBER
  }

  /** An attribute that items are found by. */
  public record Key(String name, KeyType type) {
    static Key text(String name) {
      return new Key(name, KeyType.TEXT);
    }

    static Key number(String name) {
      return new Key(name, KeyType.NUMBER);
    }
  }

  /** A secondary index. Items without its keys are not in it. */
  public record Index(String name, Key partitionKey, Key sortKey) {}

  private static TableSchema keyed(String name, Key partitionKey) {
    return new TableSchema(name, partitionKey, null, null, false, null);
  }

  private TableSchema sortedBy(Key key) {
    return new TableSchema(name, partitionKey, key, expiry, stream, index);
  }

  private TableSchema expiringBy(String attribute) {
    return new TableSchema(name, partitionKey, sortKey, attribute, stream, index);
  }

  private TableSchema streamed() {
    return new TableSchema(name, partitionKey, sortKey, expiry, true, index);
  }

  private TableSchema indexed(Index by) {
    return new TableSchema(name, partitionKey, sortKey, expiry, stream, by);
  }

  public Optional<Key> sort() {
    return Optional.ofNullable(sortKey);
  }

  /** The index, of a table that has one. */
  Index requiredIndex() {
    return Objects.requireNonNull(index, "an index of the table");
  }

  static TableSchema drillSchedule(Tables tables) {
    return keyed(tables.drillSchedule(), Key.text(DrillScheduleItems.LEARNER))
        .expiringBy(DrillScheduleItems.EXPIRES)
        .indexed(
            new Index(
                DrillScheduleItems.DUE_INDEX,
                Key.number(DrillScheduleItems.SHARD),
                Key.number(DrillScheduleItems.CLAIMABLE)));
  }

  static TableSchema waitingCommands(Tables tables) {
    return keyed(tables.waitingCommands(), Key.text(WaitingCommandItems.PHONE))
        .expiringBy(WaitingCommandItems.EXPIRES)
        .indexed(
            new Index(
                WaitingCommandItems.DUE_INDEX,
                Key.number(WaitingCommandItems.SHARD),
                Key.number(WaitingCommandItems.NOT_BEFORE)));
  }

  static List<TableSchema> of(Tables tables) {
    return List.of(
        keyed(tables.dialogStates(), Key.text(DialogStateItems.PHONE)),
        keyed(tables.eventBatches(), Key.text(EventBatchItems.PHONE))
            .sortedBy(Key.number(EventBatchItems.VERSION))
            .streamed(),
        keyed(tables.drillVersions(), Key.text(DynamoDrillVersions.ID)),
        drillSchedule(tables),
        keyed(tables.commandKeys(), Key.text(DynamoCommandKeys.KEY))
            .expiringBy(DynamoCommandKeys.EXPIRES),
        waitingCommands(tables),
        keyed(tables.registrationCodes(), Key.text(DynamoRegistrationCodes.CODE)));
  }
}
