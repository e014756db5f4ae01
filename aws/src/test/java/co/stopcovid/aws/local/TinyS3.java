package co.stopcovid.aws.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * As much of S3 as reading content needs: one bucket, listed and read by path-style requests on
 * loopback, with faults on demand.
 */
public final class TinyS3 implements AutoCloseable {
  private final HttpServer server;
  private final S3Client client;
  private final String bucket;
  private final int pageSize;
  private final SortedMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile @Nullable Runnable beforeRead;

  private TinyS3(HttpServer server, String bucket, int pageSize) {
    this.server = server;
    this.bucket = bucket;
    this.pageSize = pageSize;
    client = LocalAws.client(S3Client.builder().forcePathStyle(true), endpoint());
  }

  public static TinyS3 start(String bucket) {
    return start(bucket, 1_000);
  }

  /**
   * @param pageSize how many objects a page of a listing holds
   */
  public static TinyS3 start(String bucket, int pageSize) {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var s3 = new TinyS3(server, bucket, pageSize);
      server.createContext("/", s3::answer);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return s3;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public S3Client client() {
    return client;
  }

  public String bucket() {
    return bucket;
  }

  public void put(String key, String text) {
    objects.put(key, text.getBytes(StandardCharsets.UTF_8));
  }

  public void delete(String key) {
    objects.remove(key);
  }

  /** Puts all files of a folder under a prefix. */
  public void putFolder(Path folder, String prefix) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        objects.put(
            prefix + folder.relativize(file).toString().replace('\\', '/'),
            Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers so many requests with status 500. */
  public void failNext(int times) {
    failures.set(times);
  }

  /** Runs something once, before the next object is read. */
  public void beforeNextRead(Runnable action) {
    beforeRead = action;
  }

  /** How many requests there were. */
  public int requests() {
    return requests.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      String path = exchange.getRequestURI().getPath();
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        send(exchange, 500, error("InternalError"));
      } else if (!path.equals("/" + bucket) && !path.startsWith("/" + bucket + "/")) {
        send(exchange, 404, error("NoSuchBucket"));
      } else if (path.length() <= bucket.length() + 2) {
        send(exchange, 200, page(query(exchange)));
      } else {
        read(exchange, path.substring(bucket.length() + 2));
      }
    }
  }

  private void read(HttpExchange exchange, String key) throws IOException {
    Runnable action = beforeRead;
    if (action != null) {
      beforeRead = null;
      action.run();
    }
    byte[] bytes = objects.get(key);
    String expected = exchange.getRequestHeaders().getFirst("If-Match");
    if (bytes == null) {
      send(exchange, 404, error("NoSuchKey"));
    } else if (expected != null && !expected.equals(tag(bytes))) {
      send(exchange, 412, error("PreconditionFailed"));
    } else {
      exchange.getResponseHeaders().set("ETag", tag(bytes));
      send(exchange, 200, bytes);
    }
  }

  private byte[] page(Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    String after = query.getOrDefault("continuation-token", "");
    List<String> keys =
        objects.keySet().stream()
            .filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
            .limit(pageSize + 1L)
            .toList();
    boolean isCut = keys.size() > pageSize;
    var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult>");
    for (String key : isCut ? keys.subList(0, pageSize) : keys) {
      byte[] bytes = objects.getOrDefault(key, new byte[0]);
      xml.append(
          "<Contents><Key>%s</Key><ETag>%s</ETag><Size>%d</Size></Contents>"
              .formatted(escaped(key), escaped(tag(bytes)), bytes.length));
    }
    xml.append("<IsTruncated>").append(isCut).append("</IsTruncated>");
    if (isCut) {
      xml.append("<NextContinuationToken>")
          .append(escaped(keys.get(pageSize - 1)))
          .append("</NextContinuationToken>");
    }
    return xml.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      query.put(
          decoded(equals < 0 ? pair : pair.substring(0, equals)),
          equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    return query;
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }

  private static byte[] error(String code) {
    return "<Error><Code>%s</Code><Message>%s</Message></Error>"
        .formatted(code, code)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String tag(byte[] bytes) {
    try {
      return '"' + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes)) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has MD5", e);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    client.close();
    server.stop(0);
  }
}
