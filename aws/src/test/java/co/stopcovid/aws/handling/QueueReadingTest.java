package co.stopcovid.aws.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.sms.DeliveryEvent.Progress;
import co.stopcovid.sms.DeliveryReport;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueReadingTest {
  private static final DeliveryReport REPORT =
      new DeliveryReport(
          CommandWorld.ANA, "token", "SM1", Progress.FAILED, "30003: \"switched off\"", true);

  private static final ReceivedMessage MESSAGE =
      new ReceivedMessage(
          CommandWorld.ANA,
          SequenceNumber.of(7),
          Samples.NOON,
          "SM2",
          "ça va? \uD83D\uDE37",
          List.of("https://example.org/1.png", "https://example.org/2.png"),
          true);

  private final List<DeliveryReport> taken = new ArrayList<>();
  private final List<DeadLetter> letters = new ArrayList<>();
  private @Nullable RuntimeException failure;

  private Set<String> handle(QueuedRecord... records) {
    return new QueueReading<>(
            QueueReading.DELIVERY_REPORTS,
            QueueCodec::report,
            report -> {
              if (failure != null && report.sid().equals(REPORT.sid())) {
                throw failure;
              }
              taken.add(report);
            },
            letters::addAll,
            new TestClock(Samples.NOON))
        .handle(List.of(records));
  }

  private static DeliveryReport report(String sid) {
    return new DeliveryReport(CommandWorld.BEN, null, sid, Progress.SENT, "", false);
  }

  private static QueuedRecord record(String id, DeliveryReport report) {
    return new QueuedRecord(id, QueueCodec.encode(report));
  }

  @Test
  void reportsAndMessagesTravelWhole() {
    assertThat(QueueCodec.report(QueueCodec.encode(REPORT))).isEqualTo(REPORT);
    assertThat(QueueCodec.report(QueueCodec.encode(report("SM3")))).isEqualTo(report("SM3"));
    assertThat(QueueCodec.message(QueueCodec.encode(MESSAGE))).isEqualTo(MESSAGE);
    var plain =
        new ReceivedMessage(
            CommandWorld.BEN, SequenceNumber.of(8), Samples.NOON, null, "", List.of(), false);
    assertThat(QueueCodec.message(QueueCodec.encode(plain))).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"phone_number\":\"+12025550123\",\"token\":null,\"sid\":\"SM1\",\"progress\":\"LOST\","
            + "\"reason\":\"\",\"opted_out\":false}",
        "{\"phone_number\":\"none\",\"token\":null,\"sid\":\"SM1\",\"progress\":\"SENT\","
            + "\"reason\":\"\",\"opted_out\":false}"
      })
  void whatHasNotTheFormIsRefused(String body) {
    assertThatThrownBy(() -> QueueCodec.report(body)).isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> QueueCodec.message(body)).isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void whatCanNeverBeTakenGoesWholeToTheFailureQueue() {
    assertThat(handle(new QueuedRecord("1", "{damaged"), record("2", report("SM3")))).isEmpty();
    assertThat(letters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.source()).isEqualTo("delivery-reports");
              assertThat(letter.sourceId()).isEqualTo("1");
              assertThat(letter.payload()).isEqualTo("{damaged");
            });
    assertThat(taken).containsExactly(report("SM3"));
  }

  @Test
  void whatFailsComesAgainAndTheOthersAreTaken() {
    failure = new StorageException("out of reach");
    QueuedRecord[] records = {
      record("1", report("SM3")), record("2", REPORT), record("3", report("SM4"))
    };
    assertThat(handle(records)).containsExactly("2");
    assertThat(letters).isEmpty();
    failure = null;
    assertThat(handle(records[1])).isEmpty();
    assertThat(taken).containsExactly(report("SM3"), report("SM4"), REPORT);
  }
}
