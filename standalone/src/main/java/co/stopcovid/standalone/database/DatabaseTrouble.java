package co.stopcovid.standalone.database;

import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.UnfitDatabaseException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a PostgreSQL cannot be used, in one sentence with what to do about it. The codes are
 * PostgreSQL's own (Appendix A of its manual), since its words depend on its language.
 */
public final class DatabaseTrouble {
  private static final String SETTING = "DIALOG_DATABASE_URL";
  private static final Pattern PLACE = Pattern.compile("jdbc:postgresql://([^/]+)/([^?]+)");
  private static final Pattern USER = Pattern.compile("[?&]user=([^&]+)");

  private final DatabaseUrl url;
  private final String server;
  private final String name;

  private DatabaseTrouble(DatabaseUrl url) {
    this.url = url;
    Matcher place = PLACE.matcher(url.jdbc());
    boolean found = place.lookingAt();
    server = found ? place.group(1) : url.toString();
    name = found ? place.group(2) : "";
  }

  /**
   * The same trouble, explained.
   *
   * @param external null when it is the embedded PostgreSQL, of which there is nothing to set
   */
  public static UnfitDatabaseException of(@Nullable DatabaseUrl external, RuntimeException e) {
    String sentence =
        external == null
            ? "the embedded PostgreSQL cannot be used: " + words(root(e))
            : new DatabaseTrouble(external).sentence(e);
    return new UnfitDatabaseException(sentence, e);
  }

  private String sentence(RuntimeException e) {
    Throwable root = root(e);
    return switch (root) {
      case UnknownHostException unknown ->
          "%s names the host %s, which is not known here: correct its name, or give its address, such as postgresql://user:password@192.0.2.7:5432/name"
              .formatted(SETTING, host());
      case ConnectException refused ->
          "no database answers at %s, where %s says it is: start it there, or correct host and port"
              .formatted(server, SETTING);
      case NoRouteToHostException far ->
          "there is no way to the database at %s, where %s says it is: correct the host, or let its network be reached"
              .formatted(server, SETTING);
      case SocketTimeoutException late ->
          "the database at %s, where %s says it is, does not answer: correct host and port, or see what keeps it"
              .formatted(server, SETTING);
      default -> byState(state(e), root);
    };
  }

  private String byState(String state, Throwable root) {
    String reason = words(root);
    if (reason.contains("does not support SSL")) {
      return "the database at %s speaks no TLS: turn it on there (ssl = on), or, where nobody else can listen on the way, say so in %s with ?sslmode=disable at its end"
          .formatted(server, SETTING);
    }
    return switch (state) {
      case "28P01" ->
          "the database at %s does not take the password of %s: correct it in %s, where signs such as @ and # are written %%40 and %%23"
              .formatted(server, user(), SETTING);
      case "28000" ->
          "the database at %s does not let %s in (%s): create the role with login, let it in in pg_hba.conf, or name another in %s"
              .formatted(server, user(), reason, SETTING);
      case "3D000" ->
          "there is no database %s at %s: create it with \"create database %s\", or name another in %s"
              .formatted(name, server, quoted(name), SETTING);
      case "42501" -> rights(reason);
      case "53300" ->
          "the database at %s has no connection left for %s: raise its max_connections, or stop what else uses it"
              .formatted(server, user());
      default -> "the database %s of %s cannot be used: %s".formatted(url, SETTING, reason);
    };
  }

  /** What a role may do in an empty database is another thing than whose the tables are. */
  private String rights(String reason) {
    String role = quoted(user());
    String statements =
        reason.contains(" schema ") || reason.contains(" database ")
            ? "grant all on database %s to %s; grant all on schema public to %s;"
                .formatted(quoted(name), role, role)
            : "grant all on all tables in schema public to %s; grant all on all sequences in schema public to %s;"
                .formatted(role, role);
    return "the role %s of %s has not the rights it needs (%s): as the database's owner, run %s"
        .formatted(user(), SETTING, reason, statements);
  }

  private String host() {
    return server.replaceFirst(":\\d+$", "");
  }

  private String user() {
    if (url.user() != null) {
      return url.user();
    }
    Matcher named = USER.matcher(url.jdbc());
    return named.find() ? named.group(1) : System.getProperty("user.name", "");
  }

  private static String quoted(String identifier) {
    return identifier.matches("[a-z_][a-z0-9_]*")
        ? identifier
        : '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** The innermost SQLSTATE: the pool's own exceptions around it have another or none. */
  private static String state(Throwable e) {
    String state = "";
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        state = sql.getSQLState();
      }
    }
    return state;
  }

  private static Throwable root(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** On one line, and without the word that PostgreSQL begins with. */
  private static String words(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.strip().replaceFirst("^(ERROR|FATAL): ", "").replaceAll("\\s*\\R\\s*", "; ");
  }
}
