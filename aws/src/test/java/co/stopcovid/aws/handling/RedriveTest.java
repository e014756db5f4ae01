package co.stopcovid.aws.handling;

import static co.stopcovid.aws.handling.CommandWorld.ANA;
import static co.stopcovid.aws.handling.CommandWorld.BEN;
import static co.stopcovid.aws.handling.EventWorld.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.aws.sqs.FailureReader;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.testkit.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedriveTest {
  private static final DialogCommand START = new StartDrill(ANA, FIRST.slug());

  private final EventWorld world = new EventWorld();
  private final KeptEntries queue = new KeptEntries();
  private final List<EventBatch> progress = new ArrayList<>();
  private final List<String> reports = new ArrayList<>();
  private @Nullable RuntimeException failure;

  private Redrive.Result run(int limit) {
    var redrive =
        new Redrive(
            world.commands,
            body -> EventBatchCodec.decode(body, id -> Optional.empty()),
            Map.of(
                DeadLetter.PROGRESS,
                batch -> {
                  if (failure != null && batch.phone().equals(BEN)) {
                    throw failure;
                  }
                  progress.add(batch);
                }),
            Map.of(QueueReading.DELIVERY_REPORTS, reports::add));
    return redrive.run(new FailureReader(queue, "queue", Duration.ZERO), limit);
  }

  private static String letter(String source, String id, String payload) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("source", source);
          json.writeStringProperty("source_id", id);
          json.writeStringProperty("reason", "a reason");
          Json.writeTime(json, "created_time", Samples.NOON);
          json.writeStringProperty("payload", payload);
          json.writeEndObject();
        });
  }

  private static String letter(EventBatch batch) {
    return letter(DeadLetter.PROGRESS, batch.id().toString(), EventBatchCodec.encode(batch));
  }

  @Test
  void eachGoesToItsConsumerOnceThoughItIsThereTwice() {
    EventBatch batch = world.ana.registers("Acme").last();
    queue.add(letter(DeadLetter.COMMANDS, "12", CommandCodec.encode(START)));
    queue.add(letter(DeadLetter.COMMANDS, "12", CommandCodec.encode(START)));
    queue.add(letter(batch));
    queue.add(letter(QueueReading.DELIVERY_REPORTS, "r", "a report"));
    assertThat(run(100)).isEqualTo(new Redrive.Result(4, 0));
    assertThat(world.commands.all()).containsExactly(START);
    assertThat(progress).containsExactly(batch);
    assertThat(reports).containsExactly("a report");
    assertThat(queue.all()).isEmpty();
  }

  @Test
  void whatNobodyCanTakeStaysInTheQueue() {
    queue.add("no letter");
    queue.add(letter("nobody", "1", "payload"));
    queue.add(letter(DeadLetter.COMMANDS, "2", "{damaged"));
    queue.add(letter(QueueReading.DELIVERY_REPORTS, "r", "a report"));
    assertThat(run(100)).isEqualTo(new Redrive.Result(1, 3));
    assertThat(queue.all()).hasSize(3).contains("no letter");
  }

  @Test
  void oneThatMeetsABugStaysAndStopsNoOther() {
    queue.add(letter(world.ben.registers("Acme").last()));
    queue.add(letter(world.ana.registers("Acme").last()));
    failure = new IllegalArgumentException("a bug that this learner meets");
    assertThat(run(100)).isEqualTo(new Redrive.Result(1, 1));
    assertThat(progress).containsExactly(world.ana.last());
  }

  @Test
  void inAnOutageWhatWasNotRedrivenIsStillThere() {
    queue.add(letter(world.ana.registers("Acme").last()));
    queue.add(letter(world.ben.registers("Acme").last()));
    failure = new StorageException("out of reach");
    assertThatThrownBy(() -> run(100)).isInstanceOf(StorageException.class);
    assertThat(queue.all()).containsExactly(letter(world.ben.last()));
    failure = null;
    queue.show();
    assertThat(run(100)).isEqualTo(new Redrive.Result(1, 0));
    assertThat(progress).containsExactly(world.ana.last(), world.ben.last());
  }

  @Test
  void noMoreThanTheLimitAreTaken() {
    for (int i = 0; i < 25; i++) {
      queue.add(letter(QueueReading.DELIVERY_REPORTS, "r" + i, "report " + i));
    }
    assertThat(run(12)).isEqualTo(new Redrive.Result(12, 0));
    assertThat(queue.all()).hasSize(13);
    assertThat(reports).startsWith("report 0", "report 1").endsWith("report 11");
  }
}
