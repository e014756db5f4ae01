package co.stopcovid.aws.handling;

import static co.stopcovid.aws.handling.CommandWorld.ANA;
import static co.stopcovid.aws.handling.CommandWorld.BEN;
import static co.stopcovid.aws.handling.EventWorld.FIRST;
import static co.stopcovid.aws.handling.EventWorld.id;
import static co.stopcovid.aws.handling.EventWorld.payloads;
import static co.stopcovid.aws.handling.EventWorld.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.adapters.inmemory.InMemoryOutbox;
import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageRules;
import co.stopcovid.sms.MessageWriter;
import co.stopcovid.sms.SmsConsumer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SmsConsumptionTest {
  private static final Set<ZoneId> ZONES = Set.of(ZoneId.of("America/New_York"));

  private final EventWorld world = new EventWorld();
  private final InMemoryOutbox outbox = new InMemoryOutbox(Duration.ofSeconds(3));
  private final InMemoryDrillVersions versions = new InMemoryDrillVersions();
  private Predicate<PhoneNumber> poisoned = phone -> false;

  private Set<ZoneId> zones(PhoneNumber phone) {
    if (poisoned.test(phone)) {
      throw new UnsupportedOperationException("a bug that this learner meets");
    }
    return ZONES;
  }

  private Set<String> handle(QueuedRecord... records) {
    versions.put(List.of(FIRST));
    var consumer =
        new SmsConsumer(
            outbox,
            world.history(),
            versions,
            new MessageWriter(world.catalogue()::texts),
            (phone, profile) -> zones(phone),
            MessageRules.DEFAULT,
            world.clock);
    return new SmsConsumption(
            consumer,
            body ->
                EventBatchCodec.decode(
                    body, id -> Optional.ofNullable(versions.get(Set.of(id)).get(id))),
            world.letters::addAll,
            world.clock)
        .handle(List.of(records));
  }

  private Set<String> handle(EventBatch... batches) {
    return handle(Arrays.stream(batches).map(EventWorld::record).toArray(QueuedRecord[]::new));
  }

  private long version(PhoneNumber phone) {
    return Objects.requireNonNull(outbox.cursors(Set.of(phone)).get(phone)).version();
  }

  /** The next message of each learner. */
  private List<LedgerEntry> due() {
    return outbox.due(world.clock.instant().plus(Duration.ofDays(2)), 100);
  }

  @Test
  void whatComesAgainIsTakenOnce() {
    world.ana.registers("Acme").starts(FIRST);
    EventBatch[] batches = world.ana.batches().toArray(EventBatch[]::new);
    assertThat(handle(batches)).isEmpty();
    List<LedgerEntry> first = due();
    assertThat(handle(batches)).isEmpty();
    assertThat(first).hasSize(1);
    assertThat(due()).isEqualTo(first);
    assertThat(version(ANA)).isEqualTo(2);
  }

  @Test
  void aGapIsRefilled() {
    world.ana.registers("Acme").starts(FIRST).answers("language", "name");
    assertThat(handle(world.ana.last())).isEmpty();
    assertThat(version(ANA)).isEqualTo(3);
  }

  @Test
  void onlyWhoNeedsTheTextsWaitsForThem() {
    EventBatch needsTexts = world.ana.failsToRegister().last();
    EventBatch later = world.ana.registers("Acme").last();
    world.ben.registers("Acme").starts(FIRST);
    EventBatch[] all = {needsTexts, world.ben.batches().get(0), later, world.ben.last()};
    world.contentFails = true;
    assertThat(handle(all)).containsExactlyInAnyOrder(id(needsTexts), id(later));
    assertThat(version(ANA)).isZero();
    assertThat(version(BEN)).isEqualTo(2);
    world.contentFails = false;
    assertThat(handle(needsTexts, later)).isEmpty();
    assertThat(version(ANA)).isEqualTo(2);
    assertThat(world.letters).isEmpty();
  }

  @Test
  void aBatchThatMeetsABugIsGivenUpAloneAndWhole() {
    world.ana.registers("Acme");
    world.ben.registers("Acme");
    poisoned = BEN::equals;
    assertThat(handle(world.ben.last(), world.ana.last())).isEmpty();
    assertThat(world.failed()).isEqualTo(payloads(world.ben.last()));
    assertThat(version(ANA)).isEqualTo(1);
  }

  @Test
  void inAnOutageNothingIsGivenUp() {
    world.ana.registers("Acme").starts(FIRST);
    world.ben.registers("Acme");
    world.historyFailure = new StorageException("out of reach");
    assertThatThrownBy(() -> handle(world.ana.last(), world.ben.last()))
        .isInstanceOf(StorageException.class);
    world.historyFailure = null;
    assertThat(handle(world.ana.last(), world.ben.last())).isEmpty();
    assertThat(version(ANA)).isEqualTo(2);
    assertThat(version(BEN)).isEqualTo(1);
    assertThat(world.letters).isEmpty();
  }

  @Test
  void whatCannotBeReadGoesWholeToTheFailureQueue() {
    world.ben.registers("Acme");
    assertThat(handle(new QueuedRecord("1", "{damaged"), record(world.ben.last()))).isEmpty();
    assertThat(world.failed()).containsExactly("{damaged");
    assertThat(world.letters).extracting(DeadLetter::source).containsOnly(DeadLetter.MESSAGES);
    assertThat(version(BEN)).isEqualTo(1);
  }

  @Test
  void whatANewerProgramWroteWaitsWithAllThatFollows() {
    world.ana.registers("Acme");
    world.ben.registers("Acme");
    String newer = EventBatchCodec.encode(world.ana.last()).replace("USER_VALIDATED", "NEWER");
    assertThat(
            handle(
                record(world.ben.last()), new QueuedRecord("2", newer), record(world.ana.last())))
        .containsExactlyInAnyOrder("2", id(world.ana.last()));
    assertThat(version(BEN)).isEqualTo(1);
    assertThat(version(ANA)).isZero();
    assertThat(world.letters).isEmpty();
  }
}
