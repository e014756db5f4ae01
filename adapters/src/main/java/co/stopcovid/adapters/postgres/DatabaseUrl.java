package co.stopcovid.adapters.postgres;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL is. Both {@code postgresql://user:password@host:5432/name?sslmode=require} and
 * {@code jdbc:postgresql://…} are understood.
 *
 * @param jdbc without user and password where they stood before the host
 */
public record DatabaseUrl(String jdbc, @Nullable String user, @Nullable String password) {
  /**
   * @throws IllegalArgumentException when it is no URL of a PostgreSQL; the message holds no
   *     password
   */
  public static DatabaseUrl parse(String url) {
    String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    URI uri;
    try {
      uri = URI.create(plain);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
    boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
    if (!known || uri.getHost() == null || uri.getRawPath().length() < 2) {
      throw malformed();
    }
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String[] login = uri.getRawUserInfo() == null ? null : uri.getRawUserInfo().split(":", 2);
    return new DatabaseUrl(
        "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
        login == null ? null : decoded(login[0]),
        login == null || login.length < 2 ? null : decoded(login[1]));
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "not the URL of a PostgreSQL; it looks like postgresql://user:password@host:5432/name");
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return jdbc.replaceAll("\\?.*", "");
  }
}
