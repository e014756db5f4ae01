package co.stopcovid.adapters.registration;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.ValidCodeCodec;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.testkit.TestClock;
import co.stopcovid.testkit.contract.RegistrationCodesContract;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpRegistrationCodesTest extends RegistrationCodesContract {
  private static final RegistrationCode ACME = new RegistrationCode("acme");
  private static final Set<RegistrationCode> ASKED = Set.of(ACME);
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final String KEY = "a key for tests";

  /** What the stand-in does with a request. */
  @FunctionalInterface
  private interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<HttpRegistrationCodes> opened = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    opened.forEach(HttpRegistrationCodes::close);
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }

  private HttpRegistrationCodes asking(Behaviour behaviour, Duration timeout) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", behaviour::answer);
      server.setExecutor(threads);
      server.start();
      servers.add(server);
      return asking(server.getAddress().getPort(), timeout);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private HttpRegistrationCodes asking(int port, Duration timeout) {
    var codes =
        new HttpRegistrationCodes(
            URI.create("http://127.0.0.1:%d/codes?stage=test".formatted(port)),
            KEY,
            timeout,
            clock);
    opened.add(codes);
    return codes;
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private HttpRegistrationCodes answering(int status, String body) {
    return asking(exchange -> reply(exchange, status, body), PATIENT);
  }

  @Override
  protected RegistrationCodes codes(Map<RegistrationCode, CodeVerdict.Valid> known) {
    Function<String, String> answer =
        code -> {
          CodeVerdict.Valid valid = known.get(new RegistrationCode(code));
          return valid == null
              ? "{\"valid\":false}"
              : "{\"valid\":true," + ValidCodeCodec.encode(valid).substring(1);
        };
    return asking(
        exchange -> {
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          String asked =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          reply(exchange, 200, answer.apply(Json.parse(asked).get("code").stringValue()));
        },
        PATIENT);
  }

  @Override
  protected Silent silent() {
    // A port where nobody listens any more.
    HttpRegistrationCodes codes = answering(200, "");
    servers.getLast().stop(0);
    return new Silent(codes, false);
  }

  @Test
  void theKeyIsShown() {
    codes(Map.of()).check(ASKED);
    assertThat(authorizations).containsExactly("Bearer " + KEY);
  }

  @Test
  void whatIsNotSaidOfAValidCodeIsNothing() {
    assertThat(answering(200, "{\"valid\":true,\"account_info\":null}").check(ASKED))
        .containsEntry(ACME, new CodeVerdict.Valid(false, AccountInfo.NONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{", "{}", "{\"valid\":\"yes\"}", "{\"valid\":true,\"is_demo\":1}"})
  void anAnswerOfAnotherFormIsNoAnswer(String body) {
    assertThat(answering(200, body).check(ASKED).get(ACME))
        .isInstanceOf(CodeVerdict.Unavailable.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 400, 401, 404, 500, 503})
  void anotherStatusIsNoAnswer(int status) {
    assertThat(answering(status, "").check(ASKED).get(ACME))
        .isInstanceOf(CodeVerdict.Unavailable.class);
  }

  @Test
  void anEndlessAnswerIsCutOff() {
    String endless = "{\"valid\":true,\"x\":\"" + "x".repeat(1_000_000) + "\"}";
    assertThat(answering(200, endless).check(ASKED).get(ACME))
        .isInstanceOf(CodeVerdict.Unavailable.class);
  }

  @Test
  void anAnswerThatOnlyTricklesIsNotWaitedFor() {
    HttpRegistrationCodes codes =
        asking(
            exchange -> {
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write('{');
              exchange.getResponseBody().flush();
            },
            Duration.ofMillis(200));
    assertThat(codes.check(ASKED).get(ACME)).isInstanceOf(CodeVerdict.Unavailable.class);
  }

  /** Other learners wait for the whole of it. */
  @Test
  void manyCodesTakeNoLongerThanOne() {
    Duration timeout = Duration.ofSeconds(1);
    Set<RegistrationCode> many =
        IntStream.range(0, 200)
            .mapToObj(i -> new RegistrationCode("code" + i))
            .collect(Collectors.toSet());
    // Each answer by itself is quick enough.
    Behaviour slow =
        exchange -> {
          LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
          reply(exchange, 200, "{\"valid\":false}");
        };
    HttpRegistrationCodes codes = asking(slow, timeout);
    long start = System.nanoTime();

    Map<RegistrationCode, CodeVerdict> verdicts = codes.check(many);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(timeout.multipliedBy(3));
    assertThat(verdicts).containsOnlyKeys(many);
    assertThat(verdicts.values())
        .hasAtLeastOneElementOfType(CodeVerdict.Unavailable.class)
        .hasAtLeastOneElementOfType(CodeVerdict.Invalid.class);
  }

  @Test
  void afterSilenceTheServiceIsLeftAloneForAWhile() {
    List<String> requests = Collections.synchronizedList(new ArrayList<>());
    HttpRegistrationCodes codes =
        asking(
            exchange -> {
              requests.add(exchange.getRequestMethod());
              reply(exchange, requests.size() == 1 ? 500 : 200, "{\"valid\":false}");
            },
            PATIENT);

    assertThat(codes.check(ASKED).get(ACME)).isInstanceOf(CodeVerdict.Unavailable.class);
    assertThat(codes.check(ASKED).get(ACME)).isInstanceOf(CodeVerdict.Unavailable.class);
    assertThat(requests).hasSize(1);

    clock.advance(Duration.ofSeconds(11));
    assertThat(codes.check(ASKED).get(ACME)).isInstanceOf(CodeVerdict.Invalid.class);
    assertThat(requests).hasSize(2);
  }
}
