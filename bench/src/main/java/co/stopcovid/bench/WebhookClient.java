package co.stopcovid.bench;

import co.stopcovid.adapters.twilio.TwilioForm;
import co.stopcovid.adapters.twilio.TwilioSignature;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.standalone.http.TwilioRoute;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** Posts learners' messages to the webhook, signed as Twilio signs. */
final class WebhookClient {
  static final String TOKEN = "benchmark-auth-token";
  static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
  static final String SERVICE = "MG0123456789abcdef0123456789abcdef";
  static final String PUBLIC_URL = "https://dialog.example.org";

  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int MOST_PARAMETERS = 100;
  private static final int OK = 200;

  /** What more there is waits here, and its time counts. */
  private static final int MOST_CONNECTIONS = 32;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final TwilioSignature signature = new TwilioSignature(List.of(TOKEN));
  private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);
  private final URI webhook;

  WebhookClient(URI service) {
    this.webhook = service.resolve(TwilioRoute.PATH);
  }

  /** What Twilio would send; as many parameters as it has. */
  static Map<String, String> form(PhoneNumber phone, String sid, String text) {
    return Map.ofEntries(
        Map.entry("MessageSid", sid),
        Map.entry("SmsMessageSid", sid),
        Map.entry("SmsStatus", "received"),
        Map.entry("AccountSid", ACCOUNT),
        Map.entry("MessagingServiceSid", SERVICE),
        Map.entry("From", phone.value()),
        Map.entry("To", "+12025550100"),
        Map.entry("Body", text),
        Map.entry("NumSegments", "1"),
        Map.entry("NumMedia", "0"),
        Map.entry("FromCountry", "US"),
        Map.entry("ApiVersion", "2010-04-01"));
  }

  /** Returns when the service has answered that it took the message in. */
  void post(Map<String, String> form) throws IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    String signed =
        signature.sign(
            PUBLIC_URL + TwilioRoute.PATH, TwilioForm.parse(body, MOST_PARAMETERS).all());
    connections.acquire();
    int status;
    try {
      status = send(body, signed);
    } finally {
      connections.release();
    }
    if (status != OK) {
      throw new IOException("the webhook answered " + status);
    }
  }

  private int send(String body, String signed) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(webhook)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .header(TwilioSignature.HEADER, signed)
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
