package co.stopcovid.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.aws.local.DynamoFault;
import co.stopcovid.aws.local.FaultyDynamo;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.testkit.Conversation;
import co.stopcovid.testkit.Samples;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** What the store does when a call fails once, for a while, or for good. */
class DialogStoreFaultsTest {
  private final Tables tables = TestDynamo.newTables();
  private final Deque<DynamoFault> next = new ConcurrentLinkedDeque<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
  private final FaultyDynamo faulty =
      new FaultyDynamo(
          TestDynamo.client(),
          operation -> {
            calls.incrementAndGet();
            return Optional.ofNullable(next.poll());
          });
  private final DynamoDialogStore store = store(faulty.client(), tables);
  private final DynamoDialogStore sound = store(TestDynamo.client(), tables);
  private final Conversation ana = new Conversation(Samples.newLearner());

  private DynamoDialogStore store(DynamoDbClient client, Tables of) {
    var versions = new DynamoDrillVersions(client, of, Samples.TABLES, waits::add);
    return new DynamoDialogStore(client, of, versions, waits::add);
  }

  @ParameterizedTest
  @EnumSource
  void aCommitSurvivesAFaultAndIsNoConflictWithItself(DynamoFault fault) {
    next.addAll(List.of(fault, fault));

    assertThat(store.commit(List.of(ana.next(Conversation.reply("x"))))).isEmpty();

    assertThat(calls).hasValue(3);
    assertThat(waits).containsExactly(Duration.ofMillis(25), Duration.ofMillis(50));
    assertThat(sound.load(Set.of(ana.phone()))).containsEntry(ana.phone(), ana.state());
    assertThat(history()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aConflictIsSeenThroughAFault(DynamoFault fault) {
    Conversation late = ana.fork();
    sound.commit(List.of(ana.next(Conversation.reply("x"))));
    next.add(fault);

    assertThat(store.commit(List.of(late.next(Conversation.reply("y")))))
        .containsExactly(ana.phone());
    assertThat(sound.load(Set.of(ana.phone()))).containsEntry(ana.phone(), ana.state());
  }

  @ParameterizedTest
  @EnumSource
  void everyStateIsLoadedThroughFaults(DynamoFault fault) {
    List<Conversation> learners = Samples.newLearners(150).stream().map(Conversation::new).toList();
    sound.commit(learners.stream().map(it -> it.next(Conversation.anything())).toList());
    next.addAll(List.of(fault, fault, fault));

    assertThat(store.load(Set.copyOf(learners.stream().map(Conversation::phone).toList())))
        .hasSize(150)
        .allSatisfy((phone, state) -> assertThat(state.version()).isEqualTo(1));
    assertThat(waits).hasSize(3);
  }

  @Test
  void anOutageEndsAfterABoundedTimeAndNamesTheOperation() {
    next.addAll(Collections.nCopies(100, DynamoFault.THROTTLED));
    DialogCommit commit = ana.next(Conversation.anything());

    assertThatThrownBy(() -> store.commit(List.of(commit)))
        .isInstanceOf(DynamoUnavailableException.class)
        .hasMessageContaining("TransactWriteItems dialog-state-")
        .satisfies(
            e ->
                assertThat(((DynamoUnavailableException) e).attempts())
                    .isEqualTo(Retry.MOST_ATTEMPTS));
    assertThat(calls).hasValue(Retry.MOST_ATTEMPTS);
    assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofMillis(25 + 50 + 100 + 200 + 400 + 800 + 3 * 1_000));
    next.clear();
    assertThat(store.commit(List.of(commit))).isEmpty();
  }

  @Test
  void keysThatAreNeverProcessedAreAnOutageAndNotUnknownLearners() {
    next.addAll(Collections.nCopies(100, DynamoFault.ALL_UNPROCESSED));
    Set<PhoneNumber> phones = Set.of(ana.phone());

    assertThatThrownBy(() -> store.load(phones)).isInstanceOf(DynamoUnavailableException.class);
    assertThat(calls).hasValue(Retry.MOST_ATTEMPTS);
  }

  /** Slowly is not never: whoever reads one key at a time comes to an end. */
  @Test
  void keysThatComeOneByOneAreNoOutage() {
    List<Conversation> learners = Samples.newLearners(30).stream().map(Conversation::new).toList();
    sound.commit(learners.stream().map(it -> it.next(Conversation.anything())).toList());
    next.addAll(Collections.nCopies(29, DynamoFault.SOME_UNPROCESSED));

    assertThat(store.load(Set.copyOf(learners.stream().map(Conversation::phone).toList())))
        .hasSize(30)
        .allSatisfy((phone, state) -> assertThat(state.version()).isEqualTo(1));
    assertThat(waits).containsOnly(Duration.ofMillis(25));
  }

  @Test
  void whatCanNeverSucceedIsNotTriedAgain() {
    DynamoDialogStore nowhere = store(faulty.client(), Tables.of("nowhere"));
    DialogCommit commit = ana.next(Conversation.anything());

    assertThatThrownBy(() -> nowhere.commit(List.of(commit))).isInstanceOf(DynamoDbException.class);
    assertThat(calls).hasValue(1);
    assertThat(waits).isEmpty();
  }

  @Test
  void aTransactionTakesSoManyBatchesAndNoMore() {
    List<List<DialogEvent>> most =
        Collections.nCopies(DynamoDialogStore.MOST_BATCHES, List.of(Conversation.anything()));
    assertThat(store.commit(List.of(ana.next(most)))).isEmpty();
    assertThat(history()).hasSize(DynamoDialogStore.MOST_BATCHES);

    List<List<DialogEvent>> tooMany = new ArrayList<>(most);
    tooMany.add(List.of(Conversation.anything()));
    var ben = new Conversation(Samples.newLearner());
    List<DialogCommit> commits = List.of(ben.next(Conversation.anything()), ana.next(tooMany));

    assertThatThrownBy(() -> store.commit(commits)).isInstanceOf(IllegalArgumentException.class);
    assertThat(sound.load(Set.of(ben.phone())).values())
        .singleElement()
        .satisfies(state -> assertThat(state.version()).isZero());
  }

  @Test
  void aLearnerStandsInOneCommitOnly() {
    DialogCommit first = ana.next(Conversation.anything());
    DialogCommit second = ana.next(Conversation.anything());

    assertThatThrownBy(() -> store.commit(List.of(first, second)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(calls).hasValue(0);
  }

  /** DynamoDB Local always reads what was written last; DynamoDB only when asked to. */
  @Test
  void everyReadAsksForWhatWasWrittenLast() {
    List<Boolean> consistent = new ArrayList<>();
    DynamoDbClient watched =
        (DynamoDbClient)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (proxy, method, arguments) -> {
                  switch (arguments[0]) {
                    case BatchGetItemRequest read ->
                        read.requestItems()
                            .values()
                            .forEach(keys -> consistent.add(keys.consistentRead()));
                    case QueryRequest query -> consistent.add(query.consistentRead());
                    default -> throw new AssertionError("no read: " + method);
                  }
                  return method.invoke(TestDynamo.client(), arguments);
                });

    store(watched, tables).load(Set.of(ana.phone()));
    new DynamoEventHistory(
            watched, tables, new DynamoDrillVersions(watched, tables, Samples.TABLES))
        .after(ana.phone(), 0, 10);

    assertThat(consistent).containsExactly(true, true);
  }

  private List<?> history() {
    var versions = new DynamoDrillVersions(TestDynamo.client(), tables, Samples.TABLES);
    return new DynamoEventHistory(TestDynamo.client(), tables, versions)
        .after(ana.phone(), 0, 1_000);
  }
}
