package co.stopcovid.testkit.twilio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stand-in for Twilio's Messages API on loopback: create, list with filters and pages, fetch. It
 * has a ledger of its own, and goes wrong when told to: by a script for the next requests, by one
 * for the next to a phone, or by a rule. Threads may share it.
 */
public final class FakeTwilio implements AutoCloseable {
  public static final String ACCOUNT_SID = "AC00000000000000000000000000000001";
  public static final String AUTH_TOKEN = "0123456789abcdef0123456789abcdef";
  public static final String SERVICE_SID = "MG00000000000000000000000000000001";

  private static final DateTimeFormatter RFC_2822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern PATH =
      Pattern.compile("/2010-04-01/Accounts/([^/]+)/Messages(?:/(SM[0-9a-f]+))?\\.json");
  private static final int LONGEST_BODY = 1_600;

  static {
    // Header and body are two writes, and the second would wait 40 ms for the first to be
    // confirmed.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Of more than 200 connections that are idle between two bursts of messages it would close
    // some at the moment when they are used again, and their messages would be in doubt.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
  }

  private final InstantSource clock;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final JsonMapper json = new JsonMapper();

  private final List<FakeMessage> messages = new ArrayList<>();
  private final Map<String, Inbox> inboxes = new ConcurrentHashMap<>();
  private final Map<String, Answer> settings = new ConcurrentHashMap<>();
  private final Deque<Fault> script = new ArrayDeque<>();
  private final Map<String, Deque<Fault>> scripts = new HashMap<>();
  private final Set<String> unsubscribed = new HashSet<>();
  private Function<String, Fault> rule = to -> Fault.NONE;
  private int requests;
  private int accountRequests;
  private boolean listing = true;
  private Duration listLag = Duration.ZERO;

  /**
   * Starts on a free port.
   *
   * @param clock when messages are created
   */
  public FakeTwilio(InstantSource clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    account("active", "Full");
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** What TWILIO_API_URL is to be. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** What happens to the next requests that create a message, whomever they are for. */
  public synchronized void script(Fault... faults) {
    script.addAll(List.of(faults));
  }

  /** What happens to the next requests that create a message for a phone. */
  public synchronized void script(String to, Fault... faults) {
    scripts.computeIfAbsent(to, phone -> new ArrayDeque<>()).addAll(List.of(faults));
  }

  /** What happens when no script says anything: called one request at a time, with the phone. */
  public synchronized void rule(Function<String, Fault> faults) {
    rule = faults;
  }

  /** From now on Twilio refuses messages to this phone. */
  public synchronized void unsubscribe(String phone) {
    unsubscribed.add(phone);
  }

  public synchronized void subscribe(String phone) {
    unsubscribed.remove(phone);
  }

  /** Whether the account's list can be read; while it cannot, the answer is an error. */
  public synchronized void listing(boolean works) {
    listing = works;
  }

  /** How long after a message was taken the account's list has it. */
  public synchronized void listLag(Duration lag) {
    listLag = lag;
  }

  /**
   * What Twilio says of the account.
   *
   * @param status active, suspended or closed
   * @param type Trial or Full
   */
  public void account(String status, String type) {
    settings.put(
        "/2010-04-01/Accounts/%s.json".formatted(ACCOUNT_SID),
        new Answer(200, Map.of("sid", ACCOUNT_SID, "status", status, "type", type)));
  }

  /**
   * How the messaging service is set up.
   *
   * @param webhook for incoming messages; empty for none
   * @param fallback when the webhook fails; empty for none
   * @param numbers in its sender pool
   */
  public void service(String webhook, String fallback, List<String> numbers) {
    String path = "/v1/Services/" + SERVICE_SID;
    settings.put(
        path,
        new Answer(
            200,
            Map.of(
                "sid", SERVICE_SID,
                "inbound_request_url", webhook,
                "fallback_url", fallback,
                "use_inbound_webhook_on_number", false)));
    settings.put(
        path + "/PhoneNumbers",
        new Answer(
            200,
            Map.of(
                "phone_numbers",
                numbers.stream().map(number -> Map.of("phone_number", number)).toList())));
  }

  /** All messages accepted, in order. */
  public synchronized List<FakeMessage> messages() {
    return List.copyOf(messages);
  }

  /** The texts accepted for a phone, in order. */
  public List<String> textsTo(String phone) {
    return inbox(phone).texts();
  }

  /**
   * The texts accepted for a phone, once there are so many of them or the patience is over.
   *
   * @param count how many to wait for
   */
  public List<String> awaitTexts(String phone, int count, Duration patience)
      throws InterruptedException {
    return inbox(phone).await(count, patience);
  }

  private Inbox inbox(String phone) {
    return inboxes.computeIfAbsent(phone, first -> new Inbox());
  }

  private synchronized void countAccount(String path) {
    accountRequests += path.contains("/Accounts/") ? 1 : 0;
  }

  /** How many requests asked about the account. */
  public synchronized int accountRequests() {
    return accountRequests;
  }

  /** How many requests tried to create a message. */
  public synchronized int requests() {
    return requests;
  }

  /** Changes what Twilio itself says of a message. */
  synchronized FakeMessage setStatus(String sid, String status) {
    FakeMessage message = find(sid).orElseThrow().withStatus(status);
    messages.set(message.number() - 1, message);
    return message;
  }

  private synchronized Optional<FakeMessage> find(String sid) {
    int number = Integer.parseInt(sid.substring(2), 16);
    return number < 1 || number > messages.size()
        ? Optional.empty()
        : Optional.of(messages.get(number - 1));
  }

  private record Answer(int status, Object body) {}

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<Answer> answer = answer(exchange);
      if (answer.isEmpty()) {
        return;
      }
      byte[] body = json.writeValueAsBytes(answer.get().body());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (answer.get().status() == Fault.BUSY.status()) {
        exchange.getResponseHeaders().set("Retry-After", "2");
      }
      exchange.sendResponseHeaders(answer.get().status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Empty when the connection is to be closed without an answer. */
  private Optional<Answer> answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String user = ACCOUNT_SID + ":" + AUTH_TOKEN;
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return Optional.of(error(401, 20003, "Authenticate"));
    }
    Answer setting = settings.get(exchange.getRequestURI().getPath());
    if (setting != null) {
      countAccount(exchange.getRequestURI().getPath());
      return Optional.of(setting);
    }
    Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
    if (!path.matches() || !path.group(1).equals(ACCOUNT_SID)) {
      return Optional.of(error(404, 20404, "not found"));
    }
    if (exchange.getRequestMethod().equals("POST") && path.group(2) == null) {
      return create(Forms.parse(new String(body, StandardCharsets.UTF_8)));
    }
    if (path.group(2) == null) {
      return Optional.of(list(Forms.parse(exchange.getRequestURI().getRawQuery())));
    }
    return Optional.of(
        find(path.group(2))
            .map(message -> new Answer(200, toJson(message)))
            .orElseGet(() -> error(404, 20404, "not found")));
  }

  private synchronized Optional<Answer> create(List<Entry<String, String>> form) {
    requests++;
    String to = Forms.first(form, "To").orElse("");
    String body = Forms.first(form, "Body").orElse("");
    List<String> media = Forms.all(form, "MediaUrl");
    if (!to.matches("\\+[1-9][0-9]{6,14}")) {
      return Optional.of(error(400, 21211, "Invalid 'To' Phone Number"));
    }
    if (!SERVICE_SID.equals(Forms.first(form, "MessagingServiceSid").orElse(""))) {
      return Optional.of(error(400, 21603, "A 'From' phone number is required."));
    }
    if (body.isEmpty() && media.isEmpty()) {
      return Optional.of(error(400, 21619, "A text message body or media urls must be specified."));
    }
    if (body.length() > LONGEST_BODY) {
      return Optional.of(error(400, 21617, "The message body exceeds the 1600 character limit."));
    }
    Fault fault = unsubscribed.contains(to) ? Fault.UNSUBSCRIBED : nextFault(to);
    FakeMessage message = null;
    if (fault.accepts()) {
      int number = messages.size() + 1;
      message =
          new FakeMessage(
              number,
              "SM%032x".formatted(number),
              to,
              body,
              media,
              Forms.first(form, "StatusCallback").orElse(null),
              clock.instant(),
              "accepted");
      messages.add(message);
      inbox(to).add(body);
    }
    if (fault.status() == 0) {
      return Optional.empty();
    }
    if (fault == Fault.GARBLED_ANSWER) {
      return Optional.of(new Answer(201, "<html>"));
    }
    if (fault == Fault.NO_ID) {
      return Optional.of(new Answer(201, Map.of("status", "queued")));
    }
    return Optional.of(
        fault.status() == Fault.NONE.status() && message != null
            ? new Answer(fault.status(), toJson(message))
            : error(fault.status(), fault.code(), fault.name()));
  }

  private Fault nextFault(String to) {
    Deque<Fault> own = scripts.get(to);
    if (own != null && !own.isEmpty()) {
      return own.removeFirst();
    }
    return script.isEmpty() ? rule.apply(to) : script.removeFirst();
  }

  /** Newest first, as Twilio does. A message that was only accepted has no date of sending yet. */
  private synchronized Answer list(List<Entry<String, String>> query) {
    if (!listing) {
      return error(503, 20503, "unavailable");
    }
    Optional<String> to = Forms.first(query, "To");
    Optional<LocalDate> from = Forms.first(query, "DateSent>").map(FakeTwilio::date);
    int size = Forms.first(query, "PageSize").map(Integer::parseInt).orElse(50);
    int page = Forms.first(query, "Page").map(Integer::parseInt).orElse(0);
    List<FakeMessage> matching =
        messages.reversed().stream()
            .filter(message -> !message.created().isAfter(clock.instant().minus(listLag)))
            .filter(message -> to.isEmpty() || to.get().equals(message.to()))
            .filter(message -> from.isEmpty() || isSentFrom(message, from.get()))
            .toList();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(
        "messages",
        matching.stream().skip((long) page * size).limit(size).map(this::toJson).toList());
    answer.put("page", page);
    answer.put("page_size", size);
    String uri = "/2010-04-01/Accounts/" + ACCOUNT_SID + "/Messages.json";
    answer.put("uri", uri);
    boolean hasNext = (page + 1L) * size < matching.size();
    String filter = to.map(phone -> "&To=" + phone.replace("+", "%2B")).orElse("");
    answer.put(
        "next_page_uri",
        hasNext ? "%s?Page=%d&PageSize=%d%s".formatted(uri, page + 1, size, filter) : null);
    answer.put("previous_page_uri", null);
    return new Answer(200, answer);
  }

  private static LocalDate date(String text) {
    return LocalDate.parse(text.substring(0, "2026-11-22".length()));
  }

  private static boolean isSentFrom(FakeMessage message, LocalDate date) {
    return !message.status().equals("accepted")
        && !LocalDate.ofInstant(message.created(), ZoneOffset.UTC).isBefore(date);
  }

  private Map<String, Object> toJson(FakeMessage message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("account_sid", ACCOUNT_SID);
    fields.put("api_version", "2010-04-01");
    fields.put("body", message.body());
    fields.put("date_created", RFC_2822.format(message.created()));
    fields.put(
        "date_sent",
        message.status().equals("accepted") ? null : RFC_2822.format(message.created()));
    fields.put("date_updated", RFC_2822.format(message.created()));
    fields.put("direction", "outbound-api");
    fields.put("error_code", null);
    fields.put("error_message", null);
    fields.put("from", null);
    fields.put("messaging_service_sid", SERVICE_SID);
    fields.put("num_media", Integer.toString(message.mediaUrls().size()));
    fields.put("num_segments", "1");
    fields.put("price", null);
    fields.put("price_unit", "USD");
    fields.put("sid", message.sid());
    fields.put("status", message.status());
    fields.put("to", message.to());
    return fields;
  }

  private static Answer error(int status, int code, String text) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", code);
    fields.put("message", text);
    fields.put("more_info", "https://www.twilio.com/docs/errors/" + code);
    fields.put("status", status);
    return new Answer(status, fields);
  }
}
