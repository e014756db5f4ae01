package co.stopcovid.testkit.twilio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map.Entry;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@link FakeTwilio} as a program of its own, for scripts that try a service. It prints two
 * addresses: {@code api}, for TWILIO_API_URL, and {@code control}, where it is told what to do.
 * Both are gone when it ends.
 *
 * <pre>
 * /says?service=URL&amp;public=URL&amp;from=NUMBER&amp;text=TEXT&amp;sid=SID   a learner's message; gives the status
 * /texts?to=NUMBER                                           what a phone got, one text a line
 * /fault?name=UNVERIFIED&amp;to=NUMBER                           what happens to all messages to come
 * /account?status=active&amp;type=Trial                          what is said of the account
 * </pre>
 */
public final class FakeTwilioProgram implements AutoCloseable {
  private static final String NO_ANSWER = "000";

  private final FakeTwilio twilio;
  private final HttpServer control;

  /** Starts both on free ports of this machine. */
  FakeTwilioProgram(FakeTwilio twilio) {
    this.twilio = twilio;
    try {
      control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    control.createContext("/", this::handle);
    control.start();
  }

  public static void main(String[] args) {
    var program = new FakeTwilioProgram(new FakeTwilio(InstantSource.system()));
    program.announce(System.out);
  }

  private void announce(PrintStream out) {
    out.println("api " + twilio.url());
    out.println("control " + control());
    out.flush();
  }

  URI control() {
    return URI.create("http://127.0.0.1:" + control.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<Entry<String, String>> query = Forms.parse(exchange.getRequestURI().getRawQuery());
      String answer;
      int status = 200;
      try {
        answer = answer(exchange.getRequestURI().getPath(), query);
      } catch (IllegalArgumentException e) {
        status = 400;
        answer = e.getMessage() + "\n";
      }
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String answer(String path, List<Entry<String, String>> query) {
    return switch (path) {
      case "/says" -> says(query);
      case "/texts" -> texts(given(query, "to"));
      case "/fault" -> {
        Fault fault = Fault.valueOf(given(query, "name"));
        @Nullable String only = Forms.first(query, "to").orElse(null);
        twilio.rule(to -> only == null || only.equals(to) ? fault : Fault.NONE);
        yield "";
      }
      case "/account" -> {
        twilio.account(given(query, "status"), given(query, "type"));
        yield "";
      }
      default -> throw new IllegalArgumentException("there is nothing at " + path);
    };
  }

  private String says(List<Entry<String, String>> query) {
    URI service = URI.create(given(query, "service"));
    URI known = URI.create(given(query, "public"));
    try (var webhooks = new TwilioWebhooks(twilio, known, service)) {
      int status =
          webhooks
              .receive(given(query, "sid"), given(query, "from"), given(query, "text"))
              .statusCode();
      return status + "\n";
    } catch (UncheckedIOException e) {
      return NO_ANSWER + "\n";
    }
  }

  private String texts(String phone) {
    return twilio.textsTo(phone).stream()
        .map(text -> text.replaceAll("\\s*\\R\\s*", " / ") + "\n")
        .collect(Collectors.joining());
  }

  private static String given(List<Entry<String, String>> query, String name) {
    return Forms.first(query, name)
        .orElseThrow(() -> new IllegalArgumentException("say " + name + " in the query"));
  }

  @Override
  public void close() {
    control.stop(0);
    twilio.close();
  }
}
