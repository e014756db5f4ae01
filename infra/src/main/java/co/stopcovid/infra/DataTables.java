package co.stopcovid.infra;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexProps;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.constructs.Construct;

/** The tables of a stage, on demand, with recovery to any second of the last 35 days. */
final class DataTables {
  static final String STATE = "dialog-state";
  static final String BATCHES = "dialog-event-batches";
  static final String VERSIONS = "drill-versions";
  static final String SCHEDULE = "drill-trigger-schedule";
  static final String KEYS = "idempotency";
  static final String WAITING = "waiting-commands";
  static final String CODES = "registration-codes";

  /** The index of what is due, in the tables that have one. */
  static final String DUE = "due";

  /** A key's name and type: S for text, N for a number. */
  record Key(String name, AttributeType type) {}

  /** A secondary index with all attributes, by which what is due is found. */
  record Index(String name, Key key, Key order) {}

  /**
   * @param order the sort key, where there is one
   * @param expiry the attribute by which items are deleted in time
   */
  record Shape(
      String name,
      Key key,
      @Nullable Key order,
      @Nullable String expiry,
      boolean streams,
      @Nullable Index index) {}

  private static final Index SCHEDULE_DUE =
      new Index(DUE, number("due_shard"), number("claimable_time"));
  private static final Index WAITING_DUE =
      new Index(DUE, number("due_shard"), number("not_before"));

  static final List<Shape> SHAPES =
      List.of(
          keyed(STATE, text("phone_number")),
          new Shape(BATCHES, text("phone_number"), number("version"), null, true, null),
          keyed(VERSIONS, text("id")),
          new Shape(SCHEDULE, text("learner"), null, "expires", false, SCHEDULE_DUE),
          new Shape(KEYS, text("key"), null, "expires", false, null),
          new Shape(WAITING, text("phone_number"), null, "expires", false, WAITING_DUE),
          keyed(CODES, text("code")));

  private DataTables() {}

  static List<Table> create(Construct scope, Names names, boolean retain) {
    return SHAPES.stream().map(shape -> create(scope, shape, names, retain)).toList();
  }

  private static Table create(Construct scope, Shape shape, Names names, boolean retain) {
    var table =
        Table.Builder.create(scope, shape.name())
            .tableName(names.of(shape.name()))
            .partitionKey(attribute(shape.key()))
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .pointInTimeRecoverySpecification(
                PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
            .deletionProtection(retain)
            .removalPolicy(retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    if (shape.order() != null) {
      table.sortKey(attribute(shape.order()));
    }
    if (shape.expiry() != null) {
      table.timeToLiveAttribute(shape.expiry());
    }
    if (shape.streams()) {
      table.stream(StreamViewType.NEW_IMAGE);
    }
    Table built = table.build();
    if (shape.index() != null) {
      built.addGlobalSecondaryIndex(
          GlobalSecondaryIndexProps.builder()
              .indexName(shape.index().name())
              .partitionKey(attribute(shape.index().key()))
              .sortKey(attribute(shape.index().order()))
              .projectionType(ProjectionType.ALL)
              .build());
    }
    return built;
  }

  private static Shape keyed(String name, Key key) {
    return new Shape(name, key, null, null, false, null);
  }

  private static Attribute attribute(Key key) {
    return Attribute.builder().name(key.name()).type(key.type()).build();
  }

  private static Key text(String name) {
    return new Key(name, AttributeType.STRING);
  }

  private static Key number(String name) {
    return new Key(name, AttributeType.NUMBER);
  }
}
