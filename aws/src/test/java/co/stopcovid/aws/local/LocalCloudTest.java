package co.stopcovid.aws.local;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.aws.kinesis.InMemoryCommandKeys;
import co.stopcovid.aws.kinesis.KinesisCommandStream;
import co.stopcovid.aws.lambda.AwsConfig;
import co.stopcovid.aws.retry.Retries;
import co.stopcovid.aws.sqs.QueueMessage;
import co.stopcovid.aws.sqs.QueueSender;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.testkit.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalCloudTest {
  private static final Path CONTENT =
      Path.of(System.getProperty("project.root", ""), "content").toAbsolutePath();
  private static final Retries BACKOFF = new Retries(1, Duration.ZERO, Duration.ZERO, wait -> {});

  @SuppressWarnings("NullAway.Init")
  private static LocalCloud cloud;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void twoStagesDoNotSeeEachOther() {
    try (LocalStage one = cloud.stage("one", CONTENT, 1);
        LocalStage two = cloud.stage("two", CONTENT, 2)) {
      var keys = new InMemoryCommandKeys(Duration.ofHours(1), InstantSource.system());
      new KinesisCommandStream(cloud.kinesis().client(), one.commandStream(), keys, BACKOFF)
          .append(List.of(new NewCommand(new ReceiveSms(Samples.newLearner(), "x", Map.of()))));
      new QueueSender(cloud.sqs().client(), one.queue(LocalStage.MESSAGE_LOG), BACKOFF)
          .send(List.of(QueueMessage.of("{}")));
      List<String> calls = new ArrayList<>();

      EventSource.settle(20, sources(two, calls));
      assertThat(calls).isEmpty();

      EventSource.settle(20, sources(one, calls));
      assertThat(calls).containsExactlyInAnyOrder("command", "message");
    }
  }

  private static List<EventSource> sources(LocalStage stage, List<String> calls) {
    return List.of(
        stage.commands(
            LocalStage.streamSettings(10),
            event -> {
              calls.add("command");
              return null;
            }),
        stage.events(
            LocalStage.streamSettings(10),
            event -> {
              calls.add("event");
              return null;
            }),
        stage.messages(
            LocalStage.MESSAGE_LOG,
            Duration.ZERO,
            event -> {
              calls.add("message");
              return null;
            }));
  }

  @Test
  void theEnvironmentNamesWhatIsThere() {
    try (LocalStage stage = cloud.stage("environment", CONTENT, 1)) {
      AwsConfig config = stage.config();

      assertThat(config.commandStream()).isEqualTo(stage.commandStream());
      assertThat(config.outboundQueue()).isEqualTo(stage.queue(LocalStage.OUTBOUND));
      assertThat(
              stage
                  .clients()
                  .secrets()
                  .get()
                  .getSecretValue(r -> r.secretId(config.twilioSecret())))
          .isNotNull();
      try (var connections =
          Connections.open(new DatabaseUrl(config.database().jdbc(), "postgres", "postgres"), 1)) {
        assertThat(
                new Database(connections)
                    .<Integer>read(
                        handle ->
                            handle
                                .createQuery("select count(*) from users")
                                .mapTo(Integer.class)
                                .one()))
            .isZero();
      }
    }
  }
}
