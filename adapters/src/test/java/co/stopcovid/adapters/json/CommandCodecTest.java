package co.stopcovid.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AdHocText;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommand.SendAdHocMessage;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.DialogCommand.TriggerReminder;
import co.stopcovid.dialog.DialogCommand.UpdateUser;
import co.stopcovid.dialog.ProfileChanges;
import co.stopcovid.dialog.StartCause;
import co.stopcovid.drills.DrillSlug;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandCodecTest {
  private static final String KINESIS = Samples.KINESIS.toString();

  private static final Map<String, DialogCommand> COMMANDS =
      Map.of(
          "command-inbound-sms.json",
          new ReceiveSms(
              Samples.PHONE, "b) jabón \"y\" agua", Map.of("MessageSid", "SM1", "NumMedia", "0")),
          "command-start-drill.json",
          new StartDrill(
              Samples.PHONE, new DrillSlug("01-washing-your-hands"), StartCause.REQUESTED),
          "command-trigger-reminder.json",
          new TriggerReminder(Samples.PHONE, Samples.INSTANCE, Samples.SOAP, 2),
          "command-send-ad-hoc-message.json",
          new SendAdHocMessage(
              Samples.PHONE, new AdHocText.Message("The kitchen is closed today."), false, "maria"),
          "command-send-ad-hoc-label.json",
          new SendAdHocMessage(Samples.PHONE, new AdHocText.Label("no_more_drills"), true, null),
          "command-update-user.json",
          new UpdateUser(
              Samples.PHONE,
              ProfileChanges.of(
                  Map.of(
                      "language", Optional.of("es"),
                      "name", Optional.of("Ana"),
                      "schedule_days", Optional.of("mon,sun"),
                      "company", Optional.of("Acme"),
                      "unit_name", Optional.empty())),
              true,
              "maria"));

  static Set<String> files() {
    return COMMANDS.keySet();
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsAndWritesTheWireForm(String file) {
    DialogCommand command = Objects.requireNonNull(COMMANDS.get(file));
    assertThat(CommandCodec.decode(Golden.read(file))).isEqualTo(command);
    Golden.assertWrittenAs(file, CommandCodec.encode(command));
  }

  @Test
  void hasAWireFormForEveryCommand() {
    assertThat(COMMANDS.values().stream().map(Object::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(DialogCommand.class.getPermittedSubclasses());
  }

  @Test
  void keepsTheNumberOfALine() {
    var seq = SequenceNumber.parse(KINESIS);
    var command = new StartDrill(Samples.PHONE, new DrillSlug("01"));
    String line = CommandCodec.encode(seq, command);

    assertThat(line).startsWith("{\"seq\":\"" + KINESIS + "\",\"type\":\"START_DRILL\"");
    assertThat(CommandCodec.decodeLine(line)).isEqualTo(new CommandCodec.Line(seq, command));
    assertThat(CommandCodec.decodeLine(line.replace('"' + KINESIS + '"', KINESIS)).seq())
        .isEqualTo(seq);
    assertThat(CommandCodec.decodeLine(CommandCodec.encode(command)).seq()).isNull();
    assertThat(CommandCodec.decode(line)).isEqualTo(command);
  }

  @Test
  void keepsWhatTheWebhookHeldAsText() {
    var sms =
        (ReceiveSms)
            CommandCodec.decode(
                """
                {"type":"INBOUND_SMS","later":[1],"payload":{"From":"+12025550123","Body":"",
                 "twilio_webhook":{"NumMedia":0,"Ok":true,"Nothing":null,"Media":{"a":[1.50]}}}}""");

    assertThat(sms.body()).isEmpty();
    assertThat(sms.webhook())
        .isEqualTo(
            Map.of("NumMedia", "0", "Ok", "true", "Nothing", "null", "Media", "{\"a\":[1.50]}"));
  }

  @ParameterizedTest
  @CsvSource({"''", "', \"twilio_webhook\":null'"})
  void needsNoWebhook(String webhook) {
    assertThat(CommandCodec.decode(sms("\"From\":\"+12025550123\",\"Body\":\"b\"" + webhook)))
        .isEqualTo(new ReceiveSms(Samples.PHONE, "b"));
  }

  static Stream<Arguments> malformed() {
    String from = "\"From\":\"+12025550123\"";
    String phone = "\"phone_number\":\"+12025550123\"";
    return Stream.of(
        Arguments.of("", "there is no JSON, only an empty text"),
        Arguments.of("SECRET", "not JSON at line 1, column 1"),
        Arguments.of(
            "{\"type\":\"SECRET", "not JSON at line 1, column 16: Unexpected end-of-input"),
        Arguments.of("{\"type\"=1}", "not JSON at line 1, column 8: Unexpected character"),
        Arguments.of("[]", "a command must be a JSON object, but this is an array"),
        Arguments.of("{} {}", "more follows after the end of the JSON at line 1, column 4"),
        Arguments.of("{\"type\":\"A\",\"type\":\"B\"}", "the key type is there twice"),
        Arguments.of("[".repeat(40), "JSON beyond the bounds: Document nesting depth"),
        Arguments.of("1".repeat(200), "JSON beyond the bounds: Number value length"),
        Arguments.of("\"" + "a".repeat(100_001) + "\"", "JSON beyond the bounds: String value"),
        Arguments.of(" ".repeat(1_000_001), "a command of 1000001 characters; at most 1000000"),
        Arguments.of(
            "{\"a\":1e99999999999}", "a number with too large an exponent at line 1, column 6"),
        Arguments.of("{}", "type: is missing; must be one of INBOUND_SMS, START_DRILL, TRIGGER_"),
        Arguments.of("{\"type\":7}", "type: must be a text, but is a number"),
        Arguments.of(
            "{\"type\":\"STOP_DRILL\",\"payload\":{}}",
            "type: unknown command type STOP_DRILL; known are INBOUND_SMS, START_DRILL, TRIGGER_"),
        Arguments.of("{\"type\":\"INBOUND_SMS\"}", "payload: is missing; must be an object"),
        Arguments.of(
            "{\"type\":\"INBOUND_SMS\",\"payload\":\"SECRET\"}",
            "payload: must be an object, but is a text"),
        Arguments.of(
            sms("\"Body\":\"SECRET\""), "payload.From: is missing; must be a phone number"),
        Arguments.of(
            sms("\"From\":\"2025550199\",\"Body\":\"SECRET\""),
            "payload.From: not a phone number in E.164 form"),
        Arguments.of(sms(from), "payload.Body: is missing; must be a text"),
        Arguments.of(sms(from + ",\"Body\":null"), "payload.Body: is missing; must be a text"),
        Arguments.of(sms(from + ",\"Body\":1"), "payload.Body: must be a text, but is a number"),
        Arguments.of(
            sms(from + ",\"Body\":\"" + "a".repeat(16_001) + "\""),
            "payload.Body: the body has 16001 characters; at most 16000 are allowed"),
        Arguments.of(
            sms(from + ",\"Body\":\"\",\"twilio_webhook\":[]"),
            "payload.twilio_webhook: must be an object, but is an array"),
        Arguments.of(
            command("START_DRILL", phone + ",\"drill_slug\":\" \""),
            "payload.drill_slug: not a drill slug"),
        Arguments.of(
            command("START_DRILL", "\"phone_number\":7"), "payload.phone_number: must be a phone"),
        Arguments.of(
            command("TRIGGER_REMINDER", phone + ",\"drill_instance_id\":\"1-1-1-1-1\""),
            "payload.drill_instance_id: not a UUID"),
        Arguments.of(
            command(
                "TRIGGER_REMINDER", phone + ",\"drill_instance_id\":\"" + "z".repeat(36) + "\""),
            "payload.drill_instance_id: not a UUID"),
        Arguments.of(
            command(
                "TRIGGER_REMINDER", phone + ",\"drill_instance_id\":\"" + Samples.INSTANCE + "\""),
            "payload.prompt_slug: is missing"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void saysWhereACommandIsMalformed(String json, String message) {
    assertThatThrownBy(() -> CommandCodec.decode(json))
        .isInstanceOf(MalformedCommandException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContainingAny("SECRET", "2025550199");
  }

  @ParameterizedTest
  @CsvSource({"1.5", "-1", "'\"-1\"'", "'\"\"'", "true", "'\"0x1\"'"})
  void refusesWhatIsNoNumberOfALine(String seq) {
    String line =
        "{\"seq\":" + seq + "," + sms("\"From\":\"+12025550123\",\"Body\":\"\"").substring(1);
    assertThatThrownBy(() -> CommandCodec.decodeLine(line))
        .isInstanceOf(MalformedCommandException.class)
        .hasMessageStartingWith("seq: ")
        .hasMessageContaining("sequence number");
  }

  private static String sms(String payload) {
    return command("INBOUND_SMS", payload);
  }

  private static String command(String type, String payload) {
    return "{\"type\":\"%s\",\"payload\":{%s}}".formatted(type, payload);
  }
}
