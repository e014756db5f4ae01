package co.stopcovid.aws.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.json.MalformedCommandException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.NewCommand;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandRecordsTest {
  private static final NewCommand COMMAND =
      new NewCommand(
          new ReceiveSms(new PhoneNumber("+12025550123"), "sí \"b\"", Map.of("MessageSid", "SM1")),
          "SM\"1");
  private static final String RECORD =
      "{\"format\":1,\"idempotency_key\":\"SM\\\"1\",\"type\":\"INBOUND_SMS\",\"payload\":"
          + "{\"From\":\"+12025550123\",\"Body\":\"sí \\\"b\\\"\","
          + "\"twilio_webhook\":{\"MessageSid\":\"SM1\"}}}";

  @Test
  void aRecordIsTheWireFormWithFormatAndKey() {
    assertThat(new String(CommandRecords.encode(COMMAND), UTF_8)).isEqualTo(RECORD);
    assertThat(CommandRecords.decode(RECORD.getBytes(UTF_8))).isEqualTo(COMMAND);
  }

  @Test
  void withoutAKeyThereIsNone() {
    var unnamed = new NewCommand(COMMAND.command());

    assertThat(new String(CommandRecords.encode(unnamed), UTF_8)).doesNotContain("idempotency_key");
    assertThat(CommandRecords.decode(CommandRecords.encode(unnamed))).isEqualTo(unnamed);
  }

  @Test
  void theBareWireFormIsACommandToo() {
    assertThat(
            CommandRecords.decode(
                """
                {"type":"INBOUND_SMS","payload":{"From":"+12025550123","Body":"b"},"more":1}
                """
                    .getBytes(UTF_8)))
        .isEqualTo(new NewCommand(new ReceiveSms(new PhoneNumber("+12025550123"), "b", Map.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u0001\u0002",
        "[]",
        "{}",
        "{\"format\":2,\"type\":\"START_DRILL\",\"payload\":"
            + "{\"phone_number\":\"+12025550123\",\"drill_slug\":\"a\"}}",
        "{\"format\":\"1\",\"type\":\"START_DRILL\",\"payload\":"
            + "{\"phone_number\":\"+12025550123\",\"drill_slug\":\"a\"}}",
        "{\"idempotency_key\":\"\",\"type\":\"START_DRILL\",\"payload\":"
            + "{\"phone_number\":\"+12025550123\",\"drill_slug\":\"a\"}}",
        "{\"type\":\"DANCE\",\"payload\":{}}"
      })
  void whatIsNoCommandIsRefused(String record) {
    assertThatThrownBy(() -> CommandRecords.decode(record.getBytes(UTF_8)))
        .isInstanceOf(MalformedCommandException.class);
  }
}
