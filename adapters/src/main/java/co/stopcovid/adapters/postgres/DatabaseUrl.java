package co.stopcovid.adapters.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL is. Both {@code postgresql://user:password@host:5432/name?sslmode=require} and
 * {@code jdbc:postgresql://…} are understood. Names of hosts may have underscores, as those that
 * container tools make.
 *
 * @param jdbc without user and password where they stood before the host
 */
public record DatabaseUrl(String jdbc, @Nullable String user, @Nullable String password) {
  private static final String HOST = "(?:[\\w.-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?";
  private static final Pattern URL =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:(?<login>[^@/?#]*)@)?(?<hosts>%1$s(?:,%1$s)*)(?<name>/[^@/?#]+)(?<query>\\?[^#]*)?"
              .formatted(HOST));

  /**
   * @throws IllegalArgumentException when it is no URL of a PostgreSQL; the message says what it
   *     must be and holds no part of it
   */
  public static DatabaseUrl parse(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw malformed(url);
    }
    String query = parts.group("query") == null ? "" : parts.group("query");
    String[] login = parts.group("login") == null ? null : parts.group("login").split(":", 2);
    return new DatabaseUrl(
        "jdbc:postgresql://" + parts.group("hosts") + parts.group("name") + query,
        login == null ? null : decoded(login[0]),
        login == null || login.length < 2 ? null : decoded(login[1]));
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw badLogin();
    }
  }

  /** What stands before an @ is a login, and may be what keeps the rest from being read. */
  private static IllegalArgumentException malformed(String url) {
    boolean hasLogin = url.matches("(?:jdbc:)?postgres(?:ql)?://.*@.*");
    boolean isPlain = url.matches("(?:jdbc:)?postgres(?:ql)?://[^@/?#]*@[^@#]*");
    return hasLogin && !isPlain
        ? badLogin()
        : new IllegalArgumentException(
            "must be the address of a PostgreSQL such as postgresql://user:password@host:5432/name");
  }

  private static IllegalArgumentException badLogin() {
    return new IllegalArgumentException(
        "has a user or password with signs that must be encoded: @ as %40, # as %23, / as %2F, ? as"
            + " %3F, : as %3A, % as %25, such as postgresql://user:p%40ss@host:5432/name for p@ss");
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return jdbc.replaceAll("\\?.*", "");
  }
}
