package co.stopcovid.standalone.console;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether a request comes from somebody who is signed in, and from a page of the console. */
final class Gate {
  private final Sessions sessions;
  private final @Nullable String publicOrigin;
  private final boolean secure;

  /**
   * @param publicUrl what the world calls the service by; null when it has no such name
   */
  Gate(@Nullable URI publicUrl, InstantSource clock) {
    this.sessions = new Sessions(clock);
    this.publicOrigin =
        publicUrl == null ? null : publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
    this.secure = publicUrl != null && "https".equalsIgnoreCase(publicUrl.getScheme());
  }

  /** Whether the request may do what it asks for. */
  boolean admits(Context context) {
    boolean reads = List.of(HandlerType.GET, HandlerType.HEAD).contains(context.method());
    return isSignedIn(context) && (reads || isFromHere(context));
  }

  boolean isSignedIn(Context context) {
    return sessions.use(context.cookie(cookieName()));
  }

  /** Whether a page of the console made the request; browsers say so, and pages cannot forge it. */
  boolean isFromHere(Context context) {
    String site = context.header("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String origin = context.header("Origin");
    String host = context.header("Host");
    return origin != null
        && (origin.equals(publicOrigin)
            || origin.equals("http://" + host)
            || origin.equals("https://" + host));
  }

  void open(Context context) {
    sessions.close(context.cookie(cookieName()));
    cookie(context, sessions.open(), "");
  }

  void close(Context context) {
    sessions.close(context.cookie(cookieName()));
    cookie(context, "", "; Max-Age=0");
  }

  private void cookie(Context context, String value, String age) {
    context.header(
        "Set-Cookie",
        "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s"
            .formatted(cookieName(), value, secure ? "; Secure" : "", age));
  }

  /** The prefix keeps other hosts of the same domain from setting it. */
  private String cookieName() {
    return secure ? "__Host-dialog-session" : "dialog-session";
  }
}
