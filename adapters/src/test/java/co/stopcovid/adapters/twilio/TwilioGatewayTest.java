package co.stopcovid.adapters.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.SendResult;
import co.stopcovid.sms.SmsGateway;
import co.stopcovid.sms.SmsGateway.Lookup;
import co.stopcovid.testkit.TestClock;
import co.stopcovid.testkit.twilio.FakeMessage;
import co.stopcovid.testkit.twilio.FakeTwilio;
import co.stopcovid.testkit.twilio.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TwilioGatewayTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final PhoneNumber ANA = new PhoneNumber("+12025550123");
  private static final OutboundId ID = new OutboundId(ANA, 4, 1);
  private static final OutboundMessage HELLO = new OutboundMessage("¿Qué? “Hello” & 你好 + 😀", null);

  private final TestClock clock = new TestClock(NOW);
  private final FakeTwilio twilio = new FakeTwilio(clock);
  private final TwilioGateway gateway = gateway(twilio.url(), FakeTwilio.AUTH_TOKEN);

  @AfterEach
  void close() {
    twilio.close();
  }

  private static TwilioGateway gateway(URI url, String token) {
    return gateway(url, token, URI.create("https://dialog.example.org/webhooks/twilio"));
  }

  private static TwilioGateway gateway(URI url, String token, @Nullable URI callback) {
    return new TwilioGateway(
        new TwilioSettings(
            FakeTwilio.ACCOUNT_SID,
            token,
            FakeTwilio.SERVICE_SID,
            url,
            callback,
            Duration.ofSeconds(2)));
  }

  @Test
  void aMessageArrivesAsItWasWritten() {
    assertThat(gateway.send(ID, HELLO))
        .isEqualTo(new SendResult.Accepted(twilio.messages().getFirst().sid()));

    FakeMessage sent = twilio.messages().getFirst();
    assertThat(sent.to()).isEqualTo(ANA.value());
    assertThat(sent.body()).isEqualTo(HELLO.body());
    assertThat(sent.mediaUrls()).isEmpty();
    assertThat(sent.statusCallback())
        .isEqualTo("https://dialog.example.org/webhooks/twilio?message=4-1");
  }

  @Test
  void picturesAreSentWithAndWithoutText() {
    String picture = "https://example.org/a.png?x=1&y=2";
    gateway.send(ID, new OutboundMessage(null, picture));
    gateway.send(ID, new OutboundMessage("Look", picture));

    assertThat(twilio.messages()).extracting(FakeMessage::body).containsExactly("", "Look");
    assertThat(twilio.messages())
        .extracting(FakeMessage::mediaUrls)
        .containsExactly(List.of(picture), List.of(picture));
  }

  @Test
  void withoutAPublicAddressThereIsNoStatusCallback() {
    gateway(twilio.url(), FakeTwilio.AUTH_TOKEN, null).send(ID, HELLO);

    assertThat(twilio.messages().getFirst().statusCallback()).isNull();
  }

  /** A request that is repeated behind our back would be a second message. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {
        "LOST_ANSWER",
        "LOST_REQUEST",
        "ERROR_AFTER",
        "ERROR_BEFORE",
        "GARBLED_ANSWER",
        "NO_ID"
      })
  void whatIsInDoubtIsUnclearAndNotRepeated(Fault fault) {
    gateway.send(ID, HELLO);
    twilio.script(fault);

    assertThat(gateway.send(ID, HELLO)).isInstanceOf(SendResult.Unclear.class);
    assertThat(twilio.requests()).isEqualTo(2);
    assertThat(twilio.messages()).hasSize(fault.accepts() ? 2 : 1);
  }

  @Test
  void whatTwilioDoesNotAnswerInTimeIsUnclear() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      var impatient =
          new TwilioGateway(
              new TwilioSettings(
                  FakeTwilio.ACCOUNT_SID, "t", "MG1", url, null, Duration.ofMillis(200)));
      assertThat(impatient.send(ID, HELLO)).isInstanceOf(SendResult.Unclear.class);
      assertThat(impatient.find(ID, HELLO, NOW)).isInstanceOf(Lookup.NoAnswer.class);
    }
  }

  /** The client's own limit ends with the answer's first lines. */
  @Test
  @Timeout(10)
  void anAnswerThatStopsHalfWayIsUnclear() throws IOException {
    try (ServerSocket stalling = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      Thread server = Thread.ofVirtual().start(() -> stall(stalling));
      URI url = URI.create("http://127.0.0.1:" + stalling.getLocalPort());
      var impatient =
          new TwilioGateway(
              new TwilioSettings(
                  FakeTwilio.ACCOUNT_SID, "t", "MG1", url, null, Duration.ofMillis(200)));
      assertThat(impatient.send(ID, HELLO)).isInstanceOf(SendResult.Unclear.class);
      assertThat(impatient.find(ID, HELLO, NOW)).isInstanceOf(Lookup.NoAnswer.class);
      assertThat(server.isAlive()).isTrue();
    }
  }

  /** Begins to answer, and never goes on, until the socket is closed. */
  private static void stall(ServerSocket socket) {
    List<Socket> open = new ArrayList<>();
    try {
      while (true) {
        Socket connection = socket.accept();
        open.add(connection);
        connection
            .getOutputStream()
            .write(
                "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().flush();
      }
    } catch (IOException closed) {
      for (Socket connection : open) {
        try {
          connection.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  @Test
  void whereNobodyListensNothingWasTaken() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    TwilioGateway nowhere = gateway(URI.create("http://127.0.0.1:" + port), "t");

    assertThat(nowhere.send(ID, HELLO)).isInstanceOf(SendResult.Unavailable.class);
  }

  @Test
  void tooManyAtOnceIsBusyForAsLongAsTwilioSays() {
    twilio.script(Fault.BUSY);

    assertThat(gateway.send(ID, HELLO)).isEqualTo(new SendResult.Busy(Duration.ofSeconds(2)));
  }

  @Test
  void aRefusalHasTwiliosErrorAndNoPrivateData() {
    twilio.script(Fault.INVALID_NUMBER);

    assertThat(gateway.send(ID, HELLO))
        .isEqualTo(new SendResult.Refused("Twilio error 21211: no such number"));
  }

  @Test
  void aTextThatIsTooLongIsRefused() {
    assertThat(gateway.send(ID, new OutboundMessage("x".repeat(1_601), null)))
        .isInstanceOf(SendResult.Refused.class);
  }

  @Test
  void whoToldTwilioToStopHasOptedOut() {
    twilio.unsubscribe(ANA.value());

    assertThat(gateway.send(ID, HELLO)).isInstanceOf(SendResult.OptedOut.class);
  }

  /** A wrong token must not make every waiting message fail for good. */
  @Test
  void aWrongTokenSaysNothingAboutTheMessage() {
    TwilioGateway wrong = gateway(twilio.url(), "wrong");

    assertThat(wrong.send(ID, HELLO))
        .isInstanceOfSatisfying(
            SendResult.AccountRefused.class,
            refused ->
                assertThat(refused.reason()).contains("20003").contains("TWILIO_AUTH_TOKEN"));
    assertThat(wrong.find(ID, HELLO, NOW)).isInstanceOf(Lookup.AccountRefused.class);
    assertThat(wrong.account()).isInstanceOf(SmsGateway.Account.Refuses.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"WRONG_TOKEN", "SUSPENDED", "FOREIGN_SENDER", "NO_SENDER", "NO_SERVICE"})
  void whatConcernsTheAccountSaysNothingAboutTheMessage(Fault fault) {
    twilio.script(fault);

    assertThat(gateway.send(ID, HELLO))
        .isInstanceOfSatisfying(
            SendResult.AccountRefused.class,
            refused -> assertThat(refused.reason()).contains("Twilio error " + fault.code()));
  }

  @Test
  void aTrialAccountRefusesTheMessageAlone() {
    twilio.script(Fault.UNVERIFIED);

    assertThat(gateway.send(ID, HELLO)).isInstanceOf(SendResult.Refused.class);
  }

  @Test
  void anAccountIsAskedAbout() {
    assertThat(gateway.account()).isInstanceOf(SmsGateway.Account.Open.class);
    for (String status : List.of("suspended", "closed")) {
      twilio.account(status, "Full");
      assertThat(gateway.account())
          .isInstanceOfSatisfying(
              SmsGateway.Account.Refuses.class,
              refuses -> assertThat(refuses.reason()).contains(status));
    }
    twilio.close();
    assertThat(gateway.account()).isInstanceOf(SmsGateway.Account.NoAnswer.class);
  }

  @Test
  void equalMessagesAreFoundOldestFirst() {
    gateway.send(ID, HELLO);
    gateway.send(ID, new OutboundMessage("other", null));
    gateway.send(ID, new OutboundMessage(HELLO.body(), "https://example.org/a.png"));
    gateway.send(new OutboundId(new PhoneNumber("+12025550124"), 4, 1), HELLO);
    gateway.send(ID, HELLO);
    List<FakeMessage> sent = twilio.messages();

    assertThat(gateway.find(ID, HELLO, NOW))
        .isEqualTo(new Lookup.Found(List.of(sent.get(0).sid(), sent.get(4).sid())));
  }

  @Test
  void olderMessagesAreNotLookedAt() {
    gateway.send(ID, HELLO);
    clock.advance(Duration.ofHours(1));
    assertThat(gateway.find(ID, HELLO, clock.instant())).isEqualTo(new Lookup.Found(List.of()));

    gateway.send(ID, HELLO);
    assertThat(gateway.find(ID, HELLO, clock.instant()))
        .isEqualTo(new Lookup.Found(List.of(twilio.messages().getLast().sid())));
  }

  @Test
  void theListIsReadPageByPage() {
    List<String> sids = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      gateway.send(ID, i % 2 == 0 ? HELLO : new OutboundMessage("other", null));
      if (i % 2 == 0) {
        sids.add(twilio.messages().getLast().sid());
      }
    }

    assertThat(gateway.find(ID, HELLO, NOW)).isEqualTo(new Lookup.Found(sids));
  }

  @Test
  void aListThatCannotBeReadIsNoAnswer() {
    twilio.listing(false);

    assertThat(gateway.find(ID, HELLO, NOW)).isInstanceOf(Lookup.NoAnswer.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'“It’s right” – now…', '\"It''s right\" - now...', true",
    "Right!, Sent from your Twilio trial account - Right!, true",
    "Right!, Wrong!, false",
    "Right!, 'Right! Right!', false",
    "😀, 😀, true",
    "😀, 👎, false",
    "'', '', true",
    "你好, 你好, true",
  })
  void textsAreRecognisedAsTwilioKeepsThem(String ours, String theirs, boolean same) {
    assertThat(SentText.isSame(ours, theirs)).isEqualTo(same);
  }

  @Test
  void manyGoOutAtTheSameTime() throws InterruptedException {
    List<SendResult> results = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      var id = new OutboundId(new PhoneNumber("+120255%05d".formatted(i)), 1, 0);
      threads.add(Thread.ofVirtual().start(() -> results.add(gateway.send(id, HELLO))));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(results).hasSize(200).hasOnlyElementsOfType(SendResult.Accepted.class);
    assertThat(twilio.messages()).extracting(FakeMessage::to).doesNotHaveDuplicates().hasSize(200);
  }
}
