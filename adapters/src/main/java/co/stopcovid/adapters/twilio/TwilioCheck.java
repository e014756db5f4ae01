package co.stopcovid.adapters.twilio;

import co.stopcovid.adapters.config.Checked;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Asks Twilio about an account and its messaging service; nothing is sent and nothing is changed.
 * The messaging service's settings are kept at an address of their own, but for a stand-in.
 */
public final class TwilioCheck {
  private static final String ACCOUNT = "provider";
  private static final String SERVICE = "messaging service";
  private static final URI MESSAGING = URI.create("https://messaging.twilio.com");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LARGEST_ANSWER = 200_000;
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final TwilioSettings settings;
  private final String webhook;

  /**
   * @param webhook what Twilio is to call, without what stands behind a {@code #}
   */
  public TwilioCheck(TwilioSettings settings, String webhook) {
    this.settings = settings;
    this.webhook = webhook;
  }

  private record Answer(int status, JsonNode body) {
    String text(String field) {
      return body.path(field).asString("");
    }
  }

  /** Tries them one after the other; what follows from a fault is not tried. */
  public List<Checked> run() throws InterruptedException {
    List<Checked> found = new ArrayList<>();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      found.add(account(get(client, settings.apiUrl(), "/2010-04-01/Accounts/%s.json")));
      if (found.getFirst().isFine()) {
        found.addAll(service(client));
      }
    } catch (IOException e) {
      found.add(
          Checked.wrong(
              ACCOUNT,
              "%s does not answer (%s): see whether this machine may reach it, and whether TWILIO_API_URL is right"
                  .formatted(settings.apiUrl(), e)));
    }
    return found;
  }

  private Checked account(Answer answer) {
    if (answer.status() == UNAUTHORIZED || answer.status() == NOT_FOUND) {
      return Checked.wrong(
          ACCOUNT,
          "Twilio does not know this account id with this auth token: copy TWILIO_ACCOUNT_SID (AC…) and TWILIO_AUTH_TOKEN from its console again");
    }
    if (answer.status() != OK) {
      return Checked.wrong(ACCOUNT, unexpected(answer));
    }
    if (!answer.text("status").equals("active")) {
      return Checked.wrong(
          ACCOUNT,
          "the account is %s: its notices in Twilio's console say why"
              .formatted(answer.text("status")));
    }
    return answer.text("type").equals("Trial")
        ? Checked.fine(
            ACCOUNT,
            "the account is active, but a trial: it writes to verified numbers only (docs/first-sms.md)")
        : Checked.fine(ACCOUNT, "the account is active");
  }

  private List<Checked> service(HttpClient client) throws IOException, InterruptedException {
    URI base = settings.apiUrl().equals(TwilioSettings.API) ? MESSAGING : settings.apiUrl();
    Answer service = get(client, base, "/v1/Services/%s");
    if (service.status() == NOT_FOUND || service.status() == FORBIDDEN) {
      return List.of(
          Checked.wrong(
              SERVICE,
              "the account has no messaging service with this id: copy TWILIO_MESSAGING_SERVICE_SID (MG…) from Twilio's console again"));
    }
    if (service.status() != OK) {
      return List.of(Checked.wrong(SERVICE, unexpected(service)));
    }
    Answer numbers = get(client, base, "/v1/Services/%s/PhoneNumbers?PageSize=20");
    return List.of(
        numbers.body().path("phone_numbers").isEmpty()
            ? Checked.wrong(
                SERVICE, "its sender pool is empty: add a number to it in Twilio's console")
            : Checked.fine(SERVICE, "its sender pool has a number"),
        webhook(service));
  }

  private Checked webhook(Answer service) {
    String what = "webhook";
    String set = service.text("inbound_request_url");
    if (service.body().path("use_inbound_webhook_on_number").asBoolean(false)) {
      return Checked.wrong(
          what,
          "the messaging service leaves incoming messages to each number's own webhook: choose \"Send a webhook\" under its Integration, with "
              + webhook);
    }
    if (set.isEmpty()) {
      return Checked.wrong(
          what,
          "the messaging service drops incoming messages: choose \"Send a webhook\" under its Integration, with "
              + webhook);
    }
    if (!set.replaceFirst("#.*", "").equals(webhook)) {
      return Checked.wrong(
          what, "Twilio calls %s, but the service is at %s".formatted(set, webhook));
    }
    if (!set.contains("#") || service.text("fallback_url").isEmpty()) {
      return Checked.fine(
          what,
          "Twilio calls %s; add #rc=5&rp=5xx,ct,rt to it and set a fallback, or messages are lost when the service is away for a moment"
              .formatted(set));
    }
    return Checked.fine(what, "Twilio calls " + set);
  }

  private static String unexpected(Answer answer) {
    return "Twilio answers with status %d: %s".formatted(answer.status(), answer.text("message"));
  }

  /**
   * @param path with a place for the id: the account's for its own address, else the service's
   */
  private Answer get(HttpClient client, URI base, String path)
      throws IOException, InterruptedException {
    String id =
        path.contains("/Accounts/") ? settings.accountSid() : settings.messagingServiceSid();
    String login = settings.accountSid() + ":" + settings.authToken();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(base.toString().replaceFirst("/+$", "") + path.formatted(id)))
            .timeout(PATIENCE)
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
            .build();
    HttpResponse<byte[]> response =
        client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
    try {
      return new Answer(response.statusCode(), Json.parse(response.body()));
    } catch (MalformedJsonException e) {
      throw new IOException(
          "an answer with status %d that is no JSON".formatted(response.statusCode()), e);
    }
  }
}
