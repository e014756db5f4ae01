package co.stopcovid.standalone.serve;

import co.stopcovid.adapters.config.Checked;
import co.stopcovid.standalone.http.TwilioRoute;
import io.javalin.Javalin;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLException;

/**
 * Whether the service can listen where it is told to, and whether what is sent to its public
 * address comes to it: a server that knows a word is put in its place, and asked for it from
 * outside. Where a service listens already, it must be the one that answers outside.
 */
final class PublicAddressCheck {
  private static final String LISTEN = "address";
  private static final String PUBLIC = "public address";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** On this machine. */
  private static final Duration SHORT_PATIENCE = Duration.ofSeconds(2);

  private static final int LONGEST_ANSWER = 10_000;
  private static final int REDIRECTION = 300;
  private static final int CLIENT_ERROR = 400;

  private final ServiceConfig config;
  private final String word = UUID.randomUUID().toString();

  PublicAddressCheck(ServiceConfig config) {
    this.config = config;
  }

  List<Checked> run() throws InterruptedException {
    List<Checked> found = new ArrayList<>();
    if (isServed()) {
      found.add(
          Checked.fine(
              LISTEN, "a service listens on %s already".formatted(config.localUrl(config.port()))));
      fromOutside(found, true);
      return found;
    }
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(config.host(), config.port()));
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      found.add(
          Checked.wrong(LISTEN, ListenTrouble.sentence(config.host(), config.port(), reason)));
      return found;
    }
    found.add(
        Checked.fine(
            LISTEN, "%s port %d can be listened on".formatted(config.host(), config.port())));
    if (config.publicUrl() != null) {
      standIn(found);
    }
    return found;
  }

  private void standIn(List<Checked> found) throws InterruptedException {
    Javalin server =
        Javalin.create(
            javalin -> {
              javalin.startup.showJavalinBanner = false;
              javalin.routes.post(TwilioRoute.PATH, context -> context.result(word));
            });
    try {
      server.start(config.host(), config.port());
      fromOutside(found, false);
    } catch (JavalinException e) {
      found.add(
          Checked.wrong(
              LISTEN,
              ListenTrouble.sentence(
                  config.host(), config.port(), String.valueOf(e.getMessage()))));
    } finally {
      server.stop();
    }
  }

  /** Whether a service, most likely this one, is at work there. */
  private boolean isServed() throws InterruptedException {
    if (config.port() == 0) {
      return false;
    }
    try {
      URI live = config.localUrl(config.port()).resolve("/health/live");
      return send(HttpRequest.newBuilder(live).GET(), SHORT_PATIENCE).statusCode()
          == HttpStatus.OK.getCode();
    } catch (IOException e) {
      return false;
    }
  }

  private void fromOutside(List<Checked> found, boolean served) throws InterruptedException {
    if (config.publicUrl() == null) {
      return;
    }
    String address = config.publicBase(config.port()) + TwilioRoute.PATH;
    try {
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(URI.create(address))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString("Check=1")),
              PATIENCE);
      found.add(judge(address, answer, served));
    } catch (SSLException e) {
      found.add(
          wrong(
              "the certificate of %s is not accepted (%s): get one for this very name"
                  .formatted(address, e.getMessage())));
    } catch (IOException e) {
      found.add(
          wrong(
              "%s cannot be reached from here (%s): see whether the name leads to the proxy or tunnel, and whether that runs; some networks do not let a machine call its own public address, then try it from another"
                  .formatted(address, e.getMessage() == null ? e : e.getMessage())));
    }
  }

  private Checked judge(String address, HttpResponse<String> answer, boolean served) {
    int status = answer.statusCode();
    // A service refuses what has no signature.
    boolean isOurs = served ? status == HttpStatus.FORBIDDEN.getCode() : answer.body().equals(word);
    if (isOurs) {
      return Checked.fine(PUBLIC, "what is sent to %s comes to this service".formatted(address));
    }
    if (status >= REDIRECTION && status < CLIENT_ERROR) {
      return wrong(
          "%s leads on to %s: set DIALOG_PUBLIC_URL to where it ends, since Twilio signs the address that it calls"
              .formatted(address, answer.headers().firstValue("Location").orElse("another one")));
    }
    return wrong(
        "%s is answered by something else, with status %d: let the proxy pass POST %s on to %s"
            .formatted(address, status, TwilioRoute.PATH, config.localUrl(config.port())));
  }

  private static Checked wrong(String sentence) {
    return Checked.wrong(PUBLIC, sentence);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, Duration patience)
      throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .version(HttpClient.Version.HTTP_1_1)
            .build()) {
      return client.send(
          request.timeout(patience).build(),
          BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER));
    }
  }
}
