package co.stopcovid.aws.lambda;

import co.stopcovid.adapters.json.CodesFile;
import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.aws.dynamo.DynamoDialogStore;
import co.stopcovid.aws.dynamo.DynamoDrillVersions;
import co.stopcovid.aws.dynamo.DynamoEventHistory;
import co.stopcovid.aws.kinesis.CommandRecords;
import co.stopcovid.aws.local.EventSource;
import co.stopcovid.aws.local.LocalCloud;
import co.stopcovid.aws.local.LocalStage;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.standalone.jsonl.SimulateLines;
import co.stopcovid.testkit.scenario.ScenarioSubject;
import co.stopcovid.testkit.scenario.Scenarios;
import co.stopcovid.testkit.twilio.FakeMessage;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.core.SdkBytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The scenarios on the functions, from Kinesis to the provider. */
class ScenariosOnAwsTest extends Scenarios {
  @SuppressWarnings("NullAway.Init")
  private static LocalCloud cloud;

  private final List<Stage> open = new ArrayList<>();

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @AfterEach
  void close() {
    open.forEach(Stage::close);
  }

  @Override
  protected ScenarioSubject.Factory factory() {
    return (drills, codes) -> {
      Stage stage = stage(drills, codes);
      open.add(stage);
      return new Subject(stage);
    };
  }

  private static Stage stage(Path drills, Path codes) {
    return new Stage(cloud, Stage.Options.of(drills, CodesFile.read(codes)).behindTheStream());
  }

  /**
   * Each command goes through the stream by itself, and comes out of it under the number that the
   * scenario gives it: the ids that the scenario expects follow from that.
   */
  private static final class Subject implements ScenarioSubject {
    private final Stage stage;
    private final DynamoDialogStore dialogs;
    private final DynamoEventHistory history;
    private final EventSource commands;
    private String number = "";

    Subject(Stage stage) {
      this.stage = stage;
      var client = cloud.dynamo().client();
      var versions = new DynamoDrillVersions(client, stage.local.tables(), BuiltInLanguages.load());
      this.dialogs = new DynamoDialogStore(client, stage.local.tables(), versions);
      this.history = new DynamoEventHistory(client, stage.local.tables(), versions);
      this.commands =
          stage.local.commands(
              LocalStage.streamSettings(1), event -> stage.commands.apply(numbered(event)));
    }

    private KinesisEvent numbered(KinesisEvent event) {
      event.getRecords().getFirst().getKinesis().setSequenceNumber(number);
      return event;
    }

    @Override
    public JsonNode handle(JsonNode json) {
      DialogCommand command = CommandCodec.decode(json);
      String seq = json.required("seq").stringValue();
      DialogState before = state(command.phone());
      int sent = stage.twilio.messages().size();
      number = seq;
      put(command);
      EventSource.settle(10, List.of(commands));
      stage.settle();
      var failed = stage.failed(LocalStage.FAILED_COMMANDS);
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      if (!failed.isEmpty()) {
        return line.put("error", failed.getFirst().reason());
      }
      line.put("seq", seq);
      line.put("phone_number", command.phone().value());
      line.put("skipped", before.hasProcessed(SequenceNumber.parse(seq)));
      line.putArray("events");
      line.putArray("messages");
      for (EventBatch batch : history.after(command.phone(), before.version(), 10)) {
        line.set("events", Json.parse(Json.write(out -> EventBatchCodec.writeEvents(out, batch))));
      }
      for (FakeMessage message : stage.twilio.messages().stream().skip(sent).toList()) {
        line.withArray("messages")
            .addObject()
            .put("body", message.body().isEmpty() ? null : message.body())
            .put(
                "media_url", message.mediaUrls().isEmpty() ? null : message.mediaUrls().getFirst());
      }
      DialogState after = state(command.phone());
      return line.set("state", Json.parse(Json.write(out -> SimulateLines.writeState(out, after))));
    }

    private void put(DialogCommand command) {
      cloud
          .kinesis()
          .client()
          .putRecord(
              request ->
                  request
                      .streamName(stage.local.commandStream())
                      .partitionKey(command.phone().value())
                      .data(
                          SdkBytes.fromByteArray(CommandRecords.encode(new NewCommand(command)))));
    }

    private DialogState state(PhoneNumber phone) {
      return Objects.requireNonNull(dialogs.load(Set.of(phone)).get(phone));
    }
  }
}
