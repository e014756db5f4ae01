package co.stopcovid.standalone.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a browser does for the console: it keeps the cookie and says where a form is from. */
final class Browser implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI service;
  private String cookie = "";

  Browser(URI service) {
    this.service = service;
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service + path)).timeout(Duration.ofSeconds(30));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    answer
        .headers()
        .firstValue("Set-Cookie")
        .ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
    return answer;
  }

  HttpResponse<InputStream> follow(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofInputStream());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  /** A form of one of the console's own pages. */
  HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
    return send(form(path, form).header("Sec-Fetch-Site", "same-origin"));
  }

  /** A form of which nothing says where it is from. */
  HttpRequest.Builder form(String path, String form) {
    return request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form));
  }

  HttpResponse<String> signIn(String password) throws IOException, InterruptedException {
    return post(
        Console.SIGN_IN,
        "username=admin&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8));
  }

  String cookie() {
    return cookie;
  }

  void take(String otherCookie) {
    cookie = otherCookie;
  }

  static String location(HttpResponse<?> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
