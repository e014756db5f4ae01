package co.stopcovid.standalone.console;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is signed in, in memory: a restart signs everybody out. */
final class Sessions {
  /** One more ends the session that was not used for longest. */
  static final int MOST = 100;

  static final Duration IDLE = Duration.ofHours(12);

  private static final int ID_BYTES = 32;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /** When each was used last; in that order. */
  private final Map<String, Instant> lastUse = new LinkedHashMap<>(16, 0.75f, true);

  Sessions(InstantSource clock) {
    this.clock = clock;
  }

  /** Begins a session; the id cannot be guessed. */
  synchronized String open() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    if (lastUse.size() >= MOST) {
      Iterator<String> oldest = lastUse.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    lastUse.put(id, clock.instant());
    return id;
  }

  /** Whether the session is open; if so, it was used now. */
  synchronized boolean use(@Nullable String id) {
    Instant last = id == null ? null : lastUse.get(id);
    if (id == null || last == null) {
      return false;
    }
    Instant now = clock.instant();
    if (!now.isBefore(last.plus(IDLE))) {
      lastUse.remove(id);
      return false;
    }
    lastUse.put(id, now);
    return true;
  }

  synchronized void close(@Nullable String id) {
    if (id != null) {
      lastUse.remove(id);
    }
  }
}
