package co.stopcovid.standalone.http.api;

import static co.stopcovid.standalone.http.api.CommandResourceTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApiTest {
  private ApiServer server;

  @BeforeAll
  void start() {
    server = new ApiServer();
  }

  @AfterAll
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Basic " + ApiServer.TOKEN,
        ApiServer.TOKEN,
        "Bearer " + ApiServer.TOKEN + "x",
        "Bearer " + ApiServer.TOKEN + " " + ApiServer.TOKEN,
        "Bearer A-TOKEN-FOR-TESTS-0123456789",
      })
  void withoutTheTokenNothingIsTold(String authorization) {
    for (String path : new String[] {"/commands", "/nowhere", "/learners/%2B12025550123"}) {
      HttpResponse<String> answer =
          server.send(server.request(Api.BASE + path).header("Authorization", authorization));

      assertProblem(answer, 401, "Bearer");
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }
  }

  /** The server would otherwise take the second header for the first. */
  @Test
  void capitalsCountOnOneConnectionToo() throws IOException {
    String right = "Authorization: Bearer " + ApiServer.TOKEN;
    String wrong = "Authorization: Bearer " + ApiServer.TOKEN.toUpperCase(Locale.ROOT);

    assertThat(answers(right, wrong)).containsExactly("404", "401");
    assertThat(answers(wrong, right)).containsExactly("401", "404");
  }

  private List<String> answers(String... headers) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      for (int i = 0; i < headers.length; i++) {
        String connection = i + 1 < headers.length ? "keep-alive" : "close";
        String request =
            "GET /api/v1/nowhere HTTP/1.1\r\nHost: localhost\r\n%s\r\nConnection: %s\r\n\r\n"
                .formatted(headers[i], connection);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      }
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return Pattern.compile("HTTP/1\\.1 ([0-9]+)")
          .matcher(all)
          .results()
          .map(r -> r.group(1))
          .toList();
    }
  }

  @Test
  void aRequestWithoutHeaderIsRefused() {
    HttpResponse<String> answer =
        server.send(server.request("/api/v1/commands").POST(BodyPublishers.ofString("{}")));

    assertProblem(answer, 401, "Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api", "/api/", "/api/v1", "/api/v2/commands", "/api/v1/commands/1/2"})
  void anUnknownAddressIsAProblem(String path) {
    HttpResponse<String> answer =
        server.send(server.request(path).header("Authorization", "Bearer " + ApiServer.TOKEN));

    assertProblem(answer, 404, "address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "OPTIONS"})
  void anotherMethodIsNotAllowed(String method) {
    HttpResponse<String> answer =
        server.send(server.authorized("/commands").method(method, BodyPublishers.noBody()));

    assertProblem(answer, 405, "POST");
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void noAnswerIsToBeStoredOrSniffed() {
    HttpResponse<String> answer = server.get("/nowhere");

    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Server")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/..%2f..%2fetc/passwd",
        "/api/v1/learners/%00",
        "/api/v1/learners/%zz",
        "/api/v1/learners/%0d%0aSet-Cookie:%20a=b",
        "/api/v1/learners/%ff%fe",
        "/api/v1/%c0%ae%c0%ae/",
        "/api/v1/learners/;jsessionid=1",
        "/api/v1//learners",
      })
  void oddAddressesAreRefusedWithoutATrace(String path) throws IOException {
    String answer = raw(path);

    assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
    assertThat(answer.toLowerCase(Locale.ROOT))
        .doesNotContain("set-cookie")
        .doesNotContain("exception")
        .doesNotContain("jetty")
        .doesNotContain("javalin")
        .doesNotContain("\tat ");
  }

  @Test
  void aHugeHeaderIsRefused() throws IOException {
    assertThat(raw("/api/v1/commands?x=" + "a".repeat(40_000))).startsWith("HTTP/1.1 4");
  }

  /** As no client of good manners would send it. */
  private String raw(String target) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      String request =
          "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
              .formatted(target, ApiServer.TOKEN);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
