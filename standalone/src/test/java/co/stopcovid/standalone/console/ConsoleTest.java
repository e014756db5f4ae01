package co.stopcovid.standalone.console;

import static co.stopcovid.standalone.console.Browser.location;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.standalone.http.HttpLimits;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ConsoleTest {
  private static final String PASSWORD = "correct & horse = staple é";
  private static final String DONE = "/console/done";

  private final TestClock clock = new TestClock(Samples.NOON);
  private final List<String> done = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : open.reversed()) {
      resource.close();
    }
  }

  /** A section in which something private is seen and done. */
  private Section section() {
    return new Section() {
      @Override
      public Link link() {
        return new Link("Overview", Console.PATH);
      }

      @Override
      public List<Step> steps() {
        return List.of(
            Step.show(
                Console.PATH,
                context ->
                    new Answer.Show(
                        "phone.jte",
                        "Private",
                        new PhoneSection.View("<script>alert(1)</script>", "", "/\"><b>"))),
            Step.show(
                "/console/broken",
                context -> {
                  throw new IllegalStateException("secret");
                }),
            Step.act(
                DONE,
                context -> {
                  done.add("done");
                  return new Answer.Go(Console.PATH);
                }));
      }
    };
  }

  private Browser browser(@Nullable String publicUrl) {
    var console =
        new Console(
            PASSWORD, publicUrl == null ? null : URI.create(publicUrl), clock, List.of(section()));
    Javalin server =
        Javalin.create(
                config -> {
                  HttpLimits.apply(config);
                  console.register(config);
                })
            .start("127.0.0.1", 0);
    open.add(server::stop);
    var browser = new Browser(URI.create("http://127.0.0.1:" + server.port()));
    open.add(browser);
    return browser;
  }

  @Test
  void whoeverHasThePasswordGetsIn() throws Exception {
    Browser browser = browser(null);
    assertThat(location(browser.get("/"))).isEqualTo("/console/sign-in");
    assertThat(browser.get(Console.SIGN_IN).body())
        .contains("type=\"password\"", "<label for=\"password\">")
        .doesNotContain("<nav", "Sign out");

    HttpResponse<String> in = browser.signIn(PASSWORD);
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(location(in)).isEqualTo("/console");
    assertThat(location(browser.get("/"))).isEqualTo("/console");
    assertThat(location(browser.get(Console.SIGN_IN))).isEqualTo("/console");
    assertThat(browser.get("/console").body()).contains("<nav", "Sign out", "<h1>Private</h1>");
  }

  @Test
  void theCookieIsForThisSiteAlone() throws Exception {
    Browser plain = browser(null);
    assertThat(plain.signIn(PASSWORD).headers().firstValue("Set-Cookie").orElseThrow())
        .matches("dialog-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");

    Browser secure = browser("https://dialog.example.org");
    assertThat(secure.signIn(PASSWORD).headers().firstValue("Set-Cookie").orElseThrow())
        .matches(
            "__Host-dialog-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "correct", "CORRECT & HORSE = STAPLE É", "correct & horse = staple é "})
  void aWrongPasswordGetsNobodyIn(String wrong) throws Exception {
    Browser browser = browser(null);
    HttpResponse<String> refused = browser.signIn(wrong);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("role=\"alert\"", "That is not the password.");
    assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(location(browser.get("/console"))).isEqualTo("/console/sign-in");
  }

  @Test
  void whatIsNoFormGetsNobodyIn() throws Exception {
    Browser browser = browser(null);
    assertThat(browser.post(Console.SIGN_IN, "password=%zz").statusCode()).isEqualTo(400);
    assertThat(browser.post(Console.SIGN_IN, "a&b&c&d&e&f").statusCode()).isEqualTo(400);
    assertThat(browser.post(Console.SIGN_IN, "x".repeat(5_000)).statusCode()).isEqualTo(413);
    assertThat(browser.cookie()).isEmpty();
  }

  @Test
  void onlySoManyPasswordsCanBeTriedInAMinute() throws Exception {
    Browser browser = browser(null);
    for (int i = 0; i < Attempts.FROM_ONE_ADDRESS; i++) {
      assertThat(browser.signIn("wrong " + i).statusCode()).isEqualTo(403);
    }
    HttpResponse<String> locked = browser.signIn(PASSWORD);
    assertThat(locked.statusCode()).isEqualTo(429);
    assertThat(locked.headers().firstValue("Retry-After")).contains("60");
    assertThat(locked.headers().firstValue("Set-Cookie")).isEmpty();

    clock.advance(Duration.ofMinutes(1));
    assertThat(browser.signIn(PASSWORD).statusCode()).isEqualTo(303);
  }

  @Test
  void nothingIsShownOrDoneWithoutASession() throws Exception {
    Browser browser = browser(null);
    for (String cookie : List.of("", "dialog-session=", "dialog-session=" + "A".repeat(43))) {
      browser.take(cookie);
      HttpResponse<String> page = browser.get("/console");
      assertThat(page.statusCode()).isEqualTo(303);
      assertThat(page.body()).doesNotContain("Private");
      assertThat(location(browser.post(DONE, ""))).isEqualTo("/console/sign-in");
      assertThat(location(browser.get("/console/broken"))).isEqualTo("/console/sign-in");
    }
    assertThat(done).isEmpty();
  }

  @Test
  void aSessionEndsWithSignOutOrWhenNobodyUsesIt() throws Exception {
    Browser browser = browser(null);
    browser.signIn(PASSWORD);
    String session = browser.cookie();
    clock.advance(Sessions.IDLE.minusSeconds(1));
    assertThat(browser.get("/console").statusCode()).isEqualTo(200);

    HttpResponse<String> out = browser.post(Console.SIGN_OUT, "");
    assertThat(location(out)).isEqualTo("/console/sign-in");
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("dialog-session=;")
        .endsWith("Max-Age=0");
    browser.take(session);
    assertThat(browser.get("/console").statusCode()).isEqualTo(303);

    browser.signIn(PASSWORD);
    clock.advance(Sessions.IDLE);
    assertThat(browser.get("/console").statusCode()).isEqualTo(303);
  }

  @Test
  void aFormOfAnotherSiteDoesNothing() throws Exception {
    Browser browser = browser("https://dialog.example.org");
    HttpRequest.Builder foreign =
        browser.form(Console.SIGN_IN, "password=x").header("Sec-Fetch-Site", "cross-site");
    assertThat(browser.send(foreign).statusCode()).isEqualTo(403);

    browser.signIn(PASSWORD);
    String host = browser.request("/").build().uri().getAuthority();
    for (HttpRequest.Builder refused :
        List.of(
            browser.form(DONE, ""),
            browser.form(DONE, "").header("Sec-Fetch-Site", "cross-site"),
            browser.form(DONE, "").header("Sec-Fetch-Site", "same-site"),
            browser.form(DONE, "").header("Sec-Fetch-Site", "none"),
            browser
                .form(DONE, "")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Origin", "http://" + host),
            browser.form(DONE, "").header("Origin", "https://evil.example"),
            browser.form(DONE, "").header("Origin", "null"),
            browser.form(Console.SIGN_OUT, "").header("Origin", "https://evil.example"))) {
      assertThat(browser.send(refused).statusCode()).isEqualTo(403);
    }
    assertThat(done).isEmpty();
    assertThat(browser.get("/console").statusCode()).isEqualTo(200);

    for (String origin : List.of("http://" + host, "https://dialog.example.org")) {
      assertThat(browser.send(browser.form(DONE, "").header("Origin", origin)).statusCode())
          .isEqualTo(303);
    }
    assertThat(browser.post(DONE, "").statusCode()).isEqualTo(303);
    assertThat(done).hasSize(3);
  }

  @Test
  void everyAnswerTellsTheBrowserToBeStrict() throws Exception {
    Browser browser = browser(null);
    List<HttpResponse<String>> answers = new ArrayList<>();
    answers.add(browser.get("/"));
    answers.add(browser.get(Console.SIGN_IN));
    answers.add(browser.signIn("wrong"));
    answers.add(browser.signIn(PASSWORD));
    answers.add(browser.get("/console"));
    answers.add(browser.get("/console/broken"));
    for (var answer : answers) {
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains(
              "default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("same-origin");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }
  }

  @Test
  void aFailureIsAPageThatTellsNothing() throws Exception {
    Browser browser = browser(null);
    browser.signIn(PASSWORD);
    HttpResponse<String> broken = browser.get("/console/broken");
    assertThat(broken.statusCode()).isEqualTo(500);
    assertThat(broken.body()).contains("something went wrong here").doesNotContain("secret");
  }

  @Test
  void whatIsShownIsEscaped() throws Exception {
    Browser browser = browser(null);
    browser.signIn(PASSWORD);
    assertThat(browser.get("/console").body())
        .contains("value=\"&lt;script>alert(1)&lt;/script>\"", "data-messages=\"/&#34;>&lt;b>\"")
        .doesNotContain("<script>alert", "<b>");
  }

  @Test
  void styleAndScriptAreKeptByTheBrowserForGood() throws Exception {
    Browser browser = browser(null);
    String page = browser.get(Console.SIGN_IN).body();
    assertThat(page).doesNotContain("http://", "https://", "style=", "onclick", "<style");
    for (String name : List.of("console.css", "console.js", "icon.svg")) {
      String path =
          page.replaceAll("(?s).*\"(/console/assets/[0-9a-f]{16}/" + name + ")\".*", "$1");
      HttpResponse<String> asset = browser.get(path);
      assertThat(asset.statusCode()).as(path).isEqualTo(200);
      assertThat(asset.headers().firstValue("Cache-Control"))
          .contains("public, max-age=31536000, immutable");
      assertThat(asset.headers().firstValue("Content-Type").orElseThrow())
          .matches("text/css.*|text/javascript.*|image/svg\\+xml.*");
      assertThat(asset.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
    assertThat(browser.get("/console/assets/0000/console.js").statusCode()).isEqualTo(404);
  }

  @Test
  void whoeverHasManyAddressesIsBoundedToo() {
    var attempts = new Attempts(clock);
    for (int i = 0; i < Attempts.IN_ALL; i++) {
      assertThat(attempts.take("192.0.2." + i)).isTrue();
    }
    assertThat(attempts.take("192.0.2.200")).isFalse();
    clock.advance(Duration.ofSeconds(60));
    assertThat(attempts.take("192.0.2.200")).isTrue();
  }

  @Test
  void sessionsAreBounded() {
    var sessions = new Sessions(clock);
    String first = sessions.open();
    String second = sessions.open();
    for (int i = 2; i < Sessions.MOST; i++) {
      sessions.open();
    }
    assertThat(sessions.use(first)).isTrue();
    sessions.open();
    assertThat(sessions.use(first)).isTrue();
    assertThat(sessions.use(second)).isFalse();
  }
}
