package co.stopcovid.testkit.twilio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * What Twilio posts to a system: learners' messages and reports, rightly signed. The system may
 * listen elsewhere than at its public address, as behind a proxy.
 */
public final class TwilioWebhooks implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final FakeTwilio twilio;
  private final URI publicUrl;
  private final URI listening;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger received = new AtomicInteger();

  /**
   * @param publicUrl where Twilio believes the system to be, without a path
   * @param listening where it is, without a path
   */
  public TwilioWebhooks(FakeTwilio twilio, URI publicUrl, URI listening) {
    this.twilio = twilio;
    this.publicUrl = publicUrl;
    this.listening = listening;
  }

  /** A learner's message under a new MessageSid. */
  public HttpResponse<String> receive(String from, String body) {
    return receive("SM%032x".formatted(1_000_000_000L + received.incrementAndGet()), from, body);
  }

  /** A learner's message. Twilio sends it again under its MessageSid when it got no answer. */
  public HttpResponse<String> receive(String sid, String from, String body) {
    return post(
        "/webhooks/twilio",
        FakeTwilio.AUTH_TOKEN,
        List.of(
            field("ToCountry", "US"),
            field("MessageSid", sid),
            field("SmsSid", sid),
            field("SmsStatus", "received"),
            field("NumMedia", "0"),
            field("NumSegments", "1"),
            field("AccountSid", FakeTwilio.ACCOUNT_SID),
            field("MessagingServiceSid", FakeTwilio.SERVICE_SID),
            field("ApiVersion", "2010-04-01"),
            field("To", "+12025550100"),
            field("From", from),
            field("Body", body)));
  }

  /** Reports to the address that the message was sent with. */
  public HttpResponse<String> report(FakeMessage message, String status, String errorCode) {
    FakeMessage reported = twilio.setStatus(message.sid(), status);
    String callback = Objects.requireNonNull(reported.statusCallback());
    if (!callback.startsWith(publicUrl.toString())) {
      throw new AssertionError("the status callback is not at the public address: " + callback);
    }
    List<Entry<String, String>> form = new ArrayList<>();
    form.add(field("MessageSid", message.sid()));
    form.add(field("SmsSid", message.sid()));
    form.add(field("MessageStatus", status));
    form.add(field("SmsStatus", status));
    form.add(field("To", message.to()));
    form.add(field("From", "+12025550100"));
    form.add(field("AccountSid", FakeTwilio.ACCOUNT_SID));
    if (!errorCode.isEmpty()) {
      form.add(field("ErrorCode", errorCode));
    }
    return post(callback.substring(publicUrl.toString().length()), FakeTwilio.AUTH_TOKEN, form);
  }

  /** Reports all messages as delivered, every report twice and in any order. */
  public void reportAllDelivered(RandomGenerator random) {
    List<Runnable> reports = new ArrayList<>();
    for (FakeMessage message : twilio.messages()) {
      for (String status : List.of("queued", "sent", "delivered", "queued", "sent", "delivered")) {
        reports.add(() -> report(message, status, ""));
      }
    }
    Collections.shuffle(reports, new Random(random.nextLong()));
    reports.forEach(Runnable::run);
  }

  /** Posts a form, signed with a token. */
  public HttpResponse<String> post(
      String pathAndQuery, String authToken, List<Entry<String, String>> form) {
    return post(
        pathAndQuery, Forms.encode(form), Forms.sign(authToken, publicUrl + pathAndQuery, form));
  }

  /** Posts anything. */
  public HttpResponse<String> post(String pathAndQuery, String body, String signature) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(listening + pathAndQuery))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .header("X-Twilio-Signature", signature)
            .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static Entry<String, String> field(String name, String value) {
    return new SimpleEntry<>(name, value);
  }

  /** Lets go of its connections, for which a server that stops would wait. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
