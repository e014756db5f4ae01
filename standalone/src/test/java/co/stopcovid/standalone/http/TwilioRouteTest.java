package co.stopcovid.standalone.http;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.inmemory.InMemoryDeadLetters;
import co.stopcovid.adapters.inmemory.InMemoryOutbox;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.adapters.twilio.TwilioGateway;
import co.stopcovid.adapters.twilio.TwilioIntake;
import co.stopcovid.adapters.twilio.TwilioIntake.Result;
import co.stopcovid.adapters.twilio.TwilioSettings;
import co.stopcovid.adapters.twilio.TwilioSignature;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.OverloadedException;
import co.stopcovid.sms.DeliveryReports;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.MessageRules;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.SendRate;
import co.stopcovid.sms.SenderSettings;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCommit.Earlier;
import co.stopcovid.sms.SmsCursor;
import co.stopcovid.sms.SmsSender;
import co.stopcovid.sms.Traffic;
import co.stopcovid.testkit.RecordedCommands;
import co.stopcovid.testkit.TestClock;
import co.stopcovid.testkit.twilio.FakeMessage;
import co.stopcovid.testkit.twilio.FakeTwilio;
import co.stopcovid.testkit.twilio.TwilioWebhooks;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map.Entry;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TwilioRouteTest {
  private static final Instant NOON = Instant.parse("2026-11-22T17:00:00Z");
  private static final URI PUBLIC = URI.create("https://dialog.example.org/base");
  private static final String OLD_TOKEN = "fedcba9876543210fedcba9876543210";
  private static final String ANA = "+12025550123";

  private final TestClock clock = new TestClock(NOON);
  private final FakeTwilio twilio = new FakeTwilio(clock);
  private final RecordedCommands commands = new RecordedCommands();
  private final InMemoryDeadLetters deadLetters = new InMemoryDeadLetters();
  private final InMemoryOutbox outbox = new InMemoryOutbox(Duration.ofSeconds(3));
  private final List<Result> results = Collections.synchronizedList(new ArrayList<>());
  private final Javalin server = start();
  private final TwilioWebhooks webhooks =
      new TwilioWebhooks(twilio, PUBLIC, URI.create("http://127.0.0.1:" + server.port()));

  private Javalin start() {
    var intake =
        new TwilioIntake(
            PUBLIC + "/",
            new TwilioSignature(List.of(FakeTwilio.AUTH_TOKEN, OLD_TOKEN)),
            commands,
            new DeliveryReports(outbox, commands, clock)::take,
            deadLetters::add,
            clock);
    return Javalin.create(
            config -> {
              HttpLimits.apply(config);
              new TwilioRoute(intake, (result, took) -> results.add(result)).register(config);
            })
        .start("127.0.0.1", 0);
  }

  @AfterEach
  void close() {
    webhooks.close();
    server.stop();
    twilio.close();
  }

  private List<ReceiveSms> received() {
    List<ReceiveSms> received = new ArrayList<>();
    for (DialogCommand command : commands.all()) {
      received.add((ReceiveSms) command);
    }
    return received;
  }

  @Test
  void aLearnersMessageIsACommandAndGetsNoReplyYet() {
    HttpResponse<String> answer = webhooks.receive(ANA, "¿Qué? & 你好 + 😀");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<Response></Response>");
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/xml");
    assertThat(answer.headers().firstValue("Server")).isEmpty();
    assertThat(received())
        .singleElement()
        .satisfies(
            sms -> {
              assertThat(sms.phone()).isEqualTo(new PhoneNumber(ANA));
              assertThat(sms.body()).isEqualTo("¿Qué? & 你好 + 😀");
              assertThat(sms.webhook())
                  .containsEntry("MessagingServiceSid", FakeTwilio.SERVICE_SID);
            });
    assertThat(results).containsExactly(Result.MESSAGE);
  }

  @Test
  void aRepeatedMessageSidIsOneCommand() {
    webhooks.receive("SM1", ANA, "b");
    assertThat(webhooks.receive("SM1", ANA, "b").statusCode()).isEqualTo(200);
    webhooks.receive("SM2", ANA, "b");

    assertThat(received()).hasSize(2);
  }

  @Test
  void whatIsNotCommittedIsNotAcknowledged() {
    commands.failWith(new OverloadedException("commands", 100_000));
    HttpResponse<String> overloaded = webhooks.receive("SM1", ANA, "b");
    assertThat(overloaded.statusCode()).isEqualTo(503);
    assertThat(overloaded.headers().firstValue("Retry-After")).isPresent();

    commands.failWith(new StorageException("the database is out of reach"));
    HttpResponse<String> unstored = webhooks.receive("SM1", ANA, "b");
    assertThat(unstored.statusCode()).isEqualTo(503);
    assertThat(unstored.headers().firstValue("Retry-After")).isPresent();

    commands.failWith(new IllegalStateException("the database is out of reach"));
    HttpResponse<String> failed = webhooks.receive("SM1", ANA, "b");
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).doesNotContain("database");

    commands.recover();
    assertThat(webhooks.receive("SM1", ANA, "b").statusCode()).isEqualTo(200);
    assertThat(received()).hasSize(1);
  }

  @Test
  void whatTwilioDidNotSignIsForbidden() {
    List<Entry<String, String>> form =
        List.of(
            TwilioWebhooks.field("MessageSid", "SM1"),
            TwilioWebhooks.field("From", ANA),
            TwilioWebhooks.field("Body", "b"));
    assertThat(webhooks.post("/webhooks/twilio", "wrong", form).statusCode()).isEqualTo(403);
    assertThat(webhooks.post("/webhooks/twilio", "From=%2B1", "").statusCode()).isEqualTo(403);
    assertThat(commands.all()).isEmpty();
    assertThat(deadLetters.after(0, 10)).isEmpty();

    assertThat(webhooks.post("/webhooks/twilio", OLD_TOKEN, form).statusCode())
        .as("the token of before the rotation")
        .isEqualTo(200);
    assertThat(received()).hasSize(1);
  }

  @Test
  void queryAndRepeatedParametersAreSigned() {
    List<Entry<String, String>> form =
        List.of(
            TwilioWebhooks.field("MessageSid", "SM1"),
            TwilioWebhooks.field("Tag", "b"),
            TwilioWebhooks.field("Tag", "a"),
            TwilioWebhooks.field("From", ANA),
            TwilioWebhooks.field("Body", "b"));
    String path = "/webhooks/twilio?a=%2B1&b=x%20y&a=2";

    assertThat(webhooks.post(path, FakeTwilio.AUTH_TOKEN, form).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"whatsapp:+12025550123", "12345", "Client:ana", "", "+0123456789"})
  void whoHasNoNumberOfThisWorldIsKeptForAPerson(String from) {
    HttpResponse<String> answer = webhooks.receive("SM9", from, "Hello there");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(commands.all()).isEmpty();
    assertThat(deadLetters.after(0, 10))
        .extracting(DeadLetters.Stored::letter)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.source()).isEqualTo("twilio");
              assertThat(letter.sourceId()).isEqualTo("SM9");
              assertThat(letter.payload()).contains("Body=Hello+there");
              assertThat(letter.reason()).contains("phone number");
            });
    webhooks.receive("SM9", from, "Hello there");
    assertThat(deadLetters.after(0, 10)).hasSize(1);
  }

  @Test
  void anOverlongTextIsKeptForAPerson() {
    assertThat(webhooks.receive(ANA, "x".repeat(ReceiveSms.MAX_BODY + 1)).statusCode())
        .isEqualTo(200);

    assertThat(commands.all()).isEmpty();
    assertThat(deadLetters.after(0, 10)).hasSize(1);
  }

  @Test
  void whatIsTooLargeIsNotRead() {
    String large = "Body=" + "x".repeat(TwilioRoute.LARGEST_BODY);
    assertThat(webhooks.post("/webhooks/twilio", large, "x").statusCode()).isEqualTo(413);
    assertThat(webhooks.post("/webhooks/twilio", "a=%zz", "x").statusCode()).isEqualTo(400);
    assertThat(webhooks.post("/webhooks/twilio", "a=1&".repeat(300), "x").statusCode())
        .isEqualTo(400);
  }

  /** The length that a request claims must not be believed. */
  @Test
  void aRequestWithoutLengthIsBoundedToo() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      var out = socket.getOutputStream();
      out.write(
          "POST /webhooks/twilio HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      String chunk = "2000\r\n" + "x".repeat(0x2000) + "\r\n";
      for (int i = 0; i < 10; i++) {
        out.write(chunk.getBytes(StandardCharsets.US_ASCII));
      }
      out.flush();
      InputStream in = socket.getInputStream();
      String status = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(status).isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void reportsReachTheLedgerInAnyOrder() {
    List<OutboundId> ids = sendThree();
    webhooks.reportAllDelivered(new Random(7));

    for (OutboundId id : ids) {
      assertThat(outbox.find(List.of(id)).getFirst().state())
          .isInstanceOf(DeliveryState.Delivered.class);
    }
    assertThat(results).hasSize(18).containsOnly(Result.REPORT);
    assertThat(commands.all()).isEmpty();
  }

  @Test
  void aReportOfAnOptOutIsACommand() {
    sendThree();
    FakeMessage first = twilio.messages().getFirst();
    assertThat(webhooks.report(first, "failed", "21610").statusCode()).isEqualTo(200);

    assertThat(received()).extracting(ReceiveSms::body).containsExactly("stop");
    assertThat(outbox.find(new PhoneNumber(first.to()), first.sid()).orElseThrow().state())
        .isInstanceOf(DeliveryState.Failed.class);
  }

  @Test
  void aReportOnAnotherSystemsMessageIsAcknowledged() {
    List<Entry<String, String>> form =
        List.of(
            TwilioWebhooks.field("MessageSid", "SM77"),
            TwilioWebhooks.field("MessageStatus", "delivered"),
            TwilioWebhooks.field("To", ANA));
    assertThat(webhooks.post("/webhooks/twilio", FakeTwilio.AUTH_TOKEN, form).statusCode())
        .isEqualTo(200);
    assertThat(results).containsExactly(Result.UNKNOWN_MESSAGE);
  }

  /** One message each to three learners, sent through the gateway. */
  private List<OutboundId> sendThree() {
    List<OutboundId> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      var phone = new PhoneNumber("+1202555010" + i);
      var id = new OutboundId(phone, 1, 0);
      var entry =
          new LedgerEntry(
              id,
              MessageKind.REPLY,
              new OutboundMessage("hello", null),
              Set.of(ZoneId.of("America/New_York")),
              NOON,
              NOON,
              NOON.plusSeconds(3_600),
              null,
              DeliveryState.Queued.NEW,
              NOON,
              0);
      var cursor = new SmsCursor(phone, 1, null, NOON, false, Traffic.NONE);
      outbox.commit(List.of(new SmsCommit(0, cursor, new Earlier.Kept(), List.of(entry))));
      ids.add(id);
    }
    var gateway =
        new TwilioGateway(
            new TwilioSettings(
                FakeTwilio.ACCOUNT_SID,
                FakeTwilio.AUTH_TOKEN,
                FakeTwilio.SERVICE_SID,
                twilio.url(),
                URI.create(PUBLIC + TwilioRoute.PATH),
                Duration.ofSeconds(5)));
    new SmsSender(
            outbox,
            gateway,
            commands,
            MessageRules.DEFAULT,
            SenderSettings.DEFAULT,
            new SendRate(100, System::nanoTime),
            Runnable::run,
            clock)
        .step(1);
    return ids;
  }
}
