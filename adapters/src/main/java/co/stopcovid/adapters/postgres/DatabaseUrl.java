package co.stopcovid.adapters.postgres;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL is. Both {@code postgresql://user:password@host:5432/name?sslmode=require} and
 * {@code jdbc:postgresql://…} are understood. Names of hosts may have underscores, as those that
 * container tools make.
 *
 * @param jdbc without user and password where they stood before the host; says whether TLS is
 *     spoken, see {@link #parse}
 */
public record DatabaseUrl(String jdbc, @Nullable String user, @Nullable String password) {
  private static final String HOST = "(?:[\\w.-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?";
  private static final Pattern URL =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:(?<login>[^@/?#]*)@)?(?<hosts>%1$s(?:,%1$s)*)(?<name>/[^@/?#]+)(?<query>\\?[^#]*)?"
              .formatted(HOST));

  /**
   * Reads an address. What it says of TLS counts ({@code sslmode} or {@code ssl}, as the driver of
   * JDBC has them); where it says nothing, a PostgreSQL on this machine is spoken to without TLS,
   * and every other one with it: with {@code verify-full} where the address gives a root ({@code
   * sslrootcert}), else with {@code require}.
   *
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
        "jdbc:postgresql://"
            + parts.group("hosts")
            + parts.group("name")
            + withTls(parts.group("hosts"), query),
        login == null ? null : decoded(login[0]),
        login == null || login.length < 2 ? null : decoded(login[1]));
  }

  private static String withTls(String hosts, String query) {
    Set<String> given =
        Arrays.stream(query.replaceFirst("^\\?", "").split("&", -1))
            .map(parameter -> parameter.replaceFirst("=.*", ""))
            .collect(Collectors.toSet());
    if (given.contains("sslmode") || given.contains("ssl")) {
      return query;
    }
    String mode = "require";
    if (areLoopback(hosts)) {
      mode = "disable";
    } else if (given.contains("sslrootcert")) {
      mode = "verify-full";
    }
    return query + (query.length() > 1 ? "&" : query.isEmpty() ? "?" : "") + "sslmode=" + mode;
  }

  /**
   * Whether nothing that is said to these hosts leaves this machine.
   *
   * @param hosts one or several with commas between them, each with or without a port, an IPv6
   *     address in brackets
   */
  public static boolean areLoopback(String hosts) {
    return Arrays.stream(hosts.split(",", -1)).allMatch(DatabaseUrl::isLoopback);
  }

  /** By the address itself: no name is asked about but localhost, which is this machine's. */
  private static boolean isLoopback(String hostAndPort) {
    String host = hostAndPort.replaceFirst("(?<=^[^:]{1,300}|]):\\d{1,5}$", "");
    String plain = host.replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
    if (plain.matches("(.+\\.)?localhost\\.?")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(plain).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
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
