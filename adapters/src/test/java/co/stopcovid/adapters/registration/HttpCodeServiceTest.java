package co.stopcovid.adapters.registration;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.ValidCodeCodec;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.testkit.contract.RegistrationCodesContract;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service behind the contract of all registration codes, and how it is asked. */
final class HttpCodeServiceTest extends RegistrationCodesContract {
  private static final RegistrationCode ACME = new RegistrationCode("acme");
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final String KEY = "a key for tests";
  private static final String NO = "{\"valid\":false,\"is_demo\":false,\"account_info\":null}";

  /** What the stand-in does with a request. */
  @FunctionalInterface
  private interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final AtomicLong nanos = new AtomicLong();
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }

  private HttpCodeService asking(Behaviour behaviour, Duration timeout) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", behaviour::answer);
      server.setExecutor(threads);
      server.start();
      servers.add(server);
      var url =
          URI.create("http://127.0.0.1:%d/codes?v=1".formatted(server.getAddress().getPort()));
      var service = new HttpCodeService(url, KEY, "trial", timeout, nanos::get);
      opened.add(service);
      return service;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private HttpCodeService answering(int status, String body) {
    return asking(exchange -> reply(exchange, status, body), PATIENT);
  }

  private CodeVerdict verdict(int status, String body) throws InterruptedException {
    return answering(status, body).ask(ACME);
  }

  private AskedCodes patiently(HttpCodeService service) {
    var codes = new AskedCodes(service, PATIENT, code -> {}, nanos::get);
    opened.add(codes);
    return codes;
  }

  @Override
  protected RegistrationCodes codes(Map<RegistrationCode, CodeVerdict.Valid> known) {
    Function<String, String> answer =
        code -> {
          CodeVerdict.Valid valid = known.get(new RegistrationCode(code));
          return valid == null
              ? NO
              : "{\"valid\":true," + ValidCodeCodec.encode(valid).substring(1);
        };
    return patiently(
        asking(
            exchange -> {
              authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
              String asked =
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
              bodies.add(asked);
              reply(exchange, 200, answer.apply(Json.parse(asked).get("code").stringValue()));
            },
            PATIENT));
  }

  @Override
  protected Silent silent() {
    // A port where nobody listens any more.
    HttpCodeService service = answering(200, "");
    servers.getLast().stop(0);
    return new Silent(patiently(service), false);
  }

  @Test
  void theKeyIsShownAndTheStageIsSaid() {
    codes(Map.of()).check(Set.of(ACME));
    assertThat(authorizations).containsExactly("Bearer " + KEY);
    assertThat(bodies).containsExactly("{\"code\":\"acme\",\"stage\":\"trial\"}");
  }

  @Test
  void whatIsNotSaidOfAValidCodeIsNothing() throws InterruptedException {
    assertThat(verdict(200, "{\"valid\":true,\"account_info\":null}"))
        .isEqualTo(new CodeVerdict.Valid(false, AccountInfo.NONE));
  }

  /** As StopCOVID's service wrote it. */
  @Test
  void trueMayBeAWord() throws InterruptedException {
    assertThat(verdict(200, "{\"valid\":\"True\",\"is_demo\":\"True\"}"))
        .isEqualTo(new CodeVerdict.Valid(true, AccountInfo.NONE));
    assertThat(verdict(200, "{\"valid\":\"false\"}")).isEqualTo(new CodeVerdict.Invalid());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 400, 404, 410, 422})
  void aVerdictCountsWithAnyOfTheseStatuses(int status) throws InterruptedException {
    assertThat(verdict(status, NO)).isEqualTo(new CodeVerdict.Invalid());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 408, 429, 500, 502, 503})
  void withOtherStatusesItIsNone(int status) throws InterruptedException {
    assertThat(verdict(status, NO)).isInstanceOf(CodeVerdict.Unavailable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{", "{}", "{\"valid\":\"yes\"}", "{\"valid\":true,\"is_demo\":1}"})
  void anAnswerOfAnotherFormIsNoAnswer(String body) throws InterruptedException {
    assertThat(verdict(200, body)).isInstanceOf(CodeVerdict.Unavailable.class);
    assertThat(verdict(404, body)).isInstanceOf(CodeVerdict.Unavailable.class);
  }

  @Test
  void anEndlessAnswerIsCutOff() throws InterruptedException {
    String endless = "{\"valid\":true,\"x\":\"" + "x".repeat(1_000_000) + "\"}";
    assertThat(verdict(200, endless)).isInstanceOf(CodeVerdict.Unavailable.class);
  }

  @Test
  void anAnswerThatOnlyTricklesIsNotWaitedFor() throws InterruptedException {
    HttpCodeService service =
        asking(
            exchange -> {
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write('{');
              exchange.getResponseBody().flush();
            },
            Duration.ofMillis(200));
    assertThat(service.ask(ACME)).isInstanceOf(CodeVerdict.Unavailable.class);
  }

  @Test
  void afterSilencesInARowTheServiceIsLeftAloneForAWhile() throws InterruptedException {
    List<String> requests = Collections.synchronizedList(new ArrayList<>());
    HttpCodeService service =
        asking(
            exchange -> {
              requests.add(exchange.getRequestMethod());
              reply(exchange, requests.size() <= 3 ? 500 : 200, NO);
            },
            PATIENT);

    for (int i = 0; i < 5; i++) {
      assertThat(service.ask(ACME)).isInstanceOf(CodeVerdict.Unavailable.class);
    }
    assertThat(requests).hasSize(3);

    nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    assertThat(service.ask(ACME)).isInstanceOf(CodeVerdict.Invalid.class);
    assertThat(requests).hasSize(4);
  }

  @Test
  void oneSilenceAmongAnswersHoldsNobodyUp() throws InterruptedException {
    List<String> requests = Collections.synchronizedList(new ArrayList<>());
    HttpCodeService service =
        asking(
            exchange -> {
              requests.add(exchange.getRequestMethod());
              reply(exchange, requests.size() % 2 == 0 ? 500 : 200, NO);
            },
            PATIENT);

    for (int i = 0; i < 10; i++) {
      service.ask(ACME);
    }
    assertThat(requests).hasSize(10);
  }
}
