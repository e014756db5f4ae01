package co.stopcovid.aws.handling;

import static co.stopcovid.aws.handling.CommandWorld.CODE;
import static co.stopcovid.aws.handling.CommandWorld.DRILL;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.running.RawCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Batches that are split, repeated and cut off, while stores, queues and the registration service
 * fail: in the end every learner has the events that an undisturbed run gives.
 */
class RandomCommandsTest {
  private static final int COMMANDS = 120;
  private static final List<PhoneNumber> LEARNERS =
      List.of(
          new PhoneNumber("+12025550101"),
          new PhoneNumber("+12025550102"),
          new PhoneNumber("+12025550103"));
  private static final List<String> TEXTS =
      List.of(CODE, "wrong", "English", "Ana", "soap", "b", "more", "hm?", "help", "stop", "start");

  /** What waits for its time waits in the calm world too, which has no time. */
  private static final int NO_PAUSES = Integer.MAX_VALUE;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void nothingIsLostAndNothingAppliedTwice(long seed) {
    var random = new Random(seed);
    List<RawCommand> stream = stream(random);
    var calm = new CommandWorld(NO_PAUSES);
    assertThat(calm.handling.handle(stream)).isEmpty();
    var rough = new CommandWorld(NO_PAUSES);
    run(rough, stream, random);
    String run = "seed " + seed;
    for (PhoneNumber phone : LEARNERS) {
      assertThat(rough.committed(phone)).as(run).isEqualTo(calm.committed(phone));
      assertThat(rough.events(phone)).as(run).isEqualTo(calm.events(phone));
      assertThat(rough.waiting.of(phone).isEmpty()).as(run).isTrue();
    }
    assertThat(new TreeSet<>(rough.logged())).as(run).isEqualTo(new TreeSet<>(calm.logged()));
    assertThat(unhandled(rough)).as(run).isEqualTo(unhandled(calm));
    assertThat(ids(rough)).as(run).isEqualTo(ids(calm));
  }

  private static Set<String> ids(CommandWorld world) {
    Set<String> ids = new LinkedHashSet<>();
    world.letters.forEach(letter -> ids.add(letter.sourceId()));
    return new TreeSet<>(ids);
  }

  /** A message counts as it was logged first. */
  private static Set<SequenceNumber> unhandled(CommandWorld world) {
    Map<SequenceNumber, Boolean> first = new HashMap<>();
    world.messages.forEach(message -> first.putIfAbsent(message.seq(), message.unhandled()));
    Set<SequenceNumber> unhandled = new TreeSet<>();
    first.forEach(
        (seq, is) -> {
          if (is) {
            unhandled.add(seq);
          }
        });
    return unhandled;
  }

  /** Some of it malformed, some unknown, some of it there twice under one key. */
  private static List<RawCommand> stream(Random random) {
    List<RawCommand> stream = new ArrayList<>();
    RawCommand last = null;
    for (long seq = 1; seq <= COMMANDS; seq++) {
      int kind = random.nextInt(20);
      if (kind == 0) {
        stream.add(new RawCommand(SequenceNumber.of(seq), "{malformed " + seq));
      } else if (kind == 1 && last != null) {
        stream.add(new RawCommand(SequenceNumber.of(seq), last.payload()));
      } else {
        last = CommandWorld.record(seq, command(random), "key " + seq);
        stream.add(last);
      }
    }
    return stream;
  }

  private static DialogCommand command(Random random) {
    PhoneNumber phone = LEARNERS.get(random.nextInt(LEARNERS.size()));
    return switch (random.nextInt(8)) {
      case 0 -> new StartDrill(phone, new DrillSlug(DRILL));
      case 1 -> new StartDrill(phone, new DrillSlug("99-unknown"));
      default -> new ReceiveSms(phone, TEXTS.get(random.nextInt(TEXTS.size())));
    };
  }

  /** As Lambda reads a shard: from the first record on that is not done with. */
  private static void run(CommandWorld world, List<RawCommand> stream, Random random) {
    int done = 0;
    while (done < stream.size()) {
      disturb(world, random);
      int end = Math.min(stream.size(), done + 1 + random.nextInt(25));
      // What was done may come again, after an invocation that was cut off.
      int begin = random.nextInt(4) == 0 ? Math.max(0, done - random.nextInt(30)) : done;
      List<RawCommand> batch = stream.subList(begin, end);
      Optional<SequenceNumber> failed = world.handling.handle(batch);
      if (failed.isEmpty()) {
        done = end;
      } else {
        done = Math.max(done, Math.toIntExact(failed.get().value().longValueExact()) - 1);
      }
      if (random.nextInt(3) == 0) {
        world.clock.advance(Duration.ofSeconds(random.nextInt(10)));
        retry(world);
      }
    }
    calm(world);
    for (int i = 0; i < 10; i++) {
      world.clock.advance(Duration.ofMinutes(5));
      world.retry();
    }
  }

  private static void retry(CommandWorld world) {
    try {
      world.retry();
    } catch (StorageException e) {
      // The next call goes on.
    }
  }

  private static void disturb(CommandWorld world, Random random) {
    calm(world);
    var outage = new StorageException("out of reach");
    switch (random.nextInt(8)) {
      case 0 -> world.commitFailure = outage;
      case 1 -> world.logFailure = outage;
      case 2 -> world.queueFailure = outage;
      case 3, 4 -> world.failingCommits.add(LEARNERS.get(random.nextInt(LEARNERS.size())));
      default -> {}
    }
  }

  private static void calm(CommandWorld world) {
    world.commitFailure = null;
    world.logFailure = null;
    world.queueFailure = null;
    world.failingCommits.clear();
  }
}
