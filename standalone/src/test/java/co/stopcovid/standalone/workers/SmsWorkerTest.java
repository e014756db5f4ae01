package co.stopcovid.standalone.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.FencedOffException;
import co.stopcovid.adapters.postgres.Lease;
import co.stopcovid.adapters.postgres.PostgresDeadLetters;
import co.stopcovid.adapters.postgres.PostgresEventFeed;
import co.stopcovid.adapters.postgres.PostgresOutboundQueue;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.sms.MessageRules;
import co.stopcovid.sms.MessageWriter;
import co.stopcovid.sms.SmsConsumer;
import co.stopcovid.testkit.LearnerStory;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmsWorkerTest {
  private final ProgressFixture world = new ProgressFixture();
  private final PostgresOutboundQueue queue =
      new PostgresOutboundQueue(world.database, Duration.ofSeconds(3));
  private final SmsWorker worker = worker(Fence.NONE);
  private final LearnerStory ana = LearnerStory.ofSomeone();
  private final LearnerStory ben = LearnerStory.ofSomeone();

  @AfterEach
  void close() {
    world.close();
  }

  private SmsWorker worker(Fence fence) {
    var consumer =
        new SmsConsumer(
            queue,
            world.dialogs,
            world.versions,
            new MessageWriter(world.texts()),
            (phone, profile) -> Set.of(ZoneOffset.UTC),
            MessageRules.DEFAULT,
            world);
    return new SmsWorker(
        world.database,
        fence,
        new PostgresEventFeed(world.database, world.versions),
        new PostgresDeadLetters(world.database),
        new MessageQueue(world.database, consumer, claimed -> {}),
        world);
  }

  private void workAll() {
    workAll(worker);
  }

  private static void workAll(SmsWorker worker) {
    while (worker.work() > 0) {
      // Until nothing is left.
    }
  }

  private long version(LearnerStory story) {
    return queue.cursors(Set.of(story.phone())).values().iterator().next().version();
  }

  private long queued(LearnerStory story) {
    return world.database.read(
        handle ->
            handle
                .createQuery("select count(*) from outbound_messages where phone = ?")
                .bind(0, story.phone().value())
                .mapTo(Long.class)
                .one());
  }

  @Test
  void whatABatchCallsForIsQueuedOnce() {
    world.tell(ana.registers("Acme").after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));
    workAll();
    long messages = queued(ana);
    // As after a crash that the checkpoint did not survive.
    world.execute("delete from consumer_checkpoints");
    SmsWorker later = worker(Fence.NONE);
    later.work();

    assertThat(messages).isPositive();
    assertThat(queued(ana)).isEqualTo(messages);
    assertThat(later.work()).isZero();
  }

  @Test
  void aLearnerWithAHoleStopsNobodyAndIsTriedAgain() {
    world.tell(ana.registers("Acme").after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));
    String lost = world.lose(ana.phone(), 1);
    world.tell(ben.registers("Acme").after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));

    workAll();

    assertThat(version(ben)).isEqualTo(2);
    assertThat(version(ana)).isZero();
    assertThat(world.letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.source()).isEqualTo(DeadLetter.MESSAGES);
              assertThat(letter.payload()).isEqualTo(ana.phone().value());
              assertThat(letter.reason()).contains("lacks version 1").doesNotContain("+1202");
            });

    world.execute(lost);
    world.at(world.instant().plus(Duration.ofMinutes(1)).toString());
    worker.work();
    assertThat(world.letters()).as("not before its time").hasSize(1);
    world.at(world.instant().plus(Duration.ofMinutes(5)).toString());
    worker.work();

    assertThat(world.letters()).isEmpty();
    assertThat(version(ana)).isEqualTo(2);
    assertThat(queued(ana)).isEqualTo(queued(ben));
  }

  @Test
  void aBatchThatCannotBeReadStopsNobodyAndIsTriedAgain() {
    world.tell(ana.registers("Acme").after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));
    String kept = world.forget(ProgressFixture.FIRST);
    world.tell(ana.after(Duration.ofMinutes(1)).wantsMore());
    world.tell(ben.registers("Acme"));
    SmsWorker later = worker(Fence.NONE);

    workAll(later);
    world.tell(ana.after(Duration.ofMinutes(1)).wantsMore());
    world.at(world.instant().plus(Duration.ofMinutes(6)).toString());
    workAll(later);

    assertThat(version(ben)).isEqualTo(1);
    assertThat(version(ana)).isEqualTo(1);
    assertThat(world.letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.source()).isEqualTo(DeadLetter.MESSAGES);
              assertThat(letter.payload()).isEqualTo(ana.phone().value());
              assertThat(letter.reason()).contains("01-first is not stored");
            });

    world.execute(kept);
    world.at(world.instant().plus(Duration.ofMinutes(6)).toString());
    workAll(later);
    assertThat(world.letters()).isEmpty();
    assertThat(version(ana)).isEqualTo(4);
  }

  @Test
  void dataThatTheDatabaseRefusesStopsNobody() {
    world.execute(
        "alter table sms_cursors add check (phone <> '%s')".formatted(ana.phone().value()));
    world.tell(ana.registers("Acme").after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));
    world.tell(ben.registers("Acme").after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));

    workAll();

    assertThat(version(ben)).isEqualTo(2);
    assertThat(world.letters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.payload()).isEqualTo(ana.phone().value()));
    assertThat(worker.work()).isZero();
  }

  @Test
  void whoWasTakenOverFromQueuesNothing() {
    Lease first = Lease.take(world.database, "w", "first", Duration.ZERO).orElseThrow();
    SmsWorker stale = worker(first);
    assertThat(Lease.take(world.database, "w", "second", Duration.ofMinutes(1))).isPresent();
    world.tell(ana.registers("Acme").after(Duration.ofSeconds(1)).starts(ProgressFixture.FIRST));

    assertThatThrownBy(stale::work).isInstanceOf(FencedOffException.class);

    assertThat(version(ana)).isZero();
    assertThat(queued(ana)).isZero();
  }
}
