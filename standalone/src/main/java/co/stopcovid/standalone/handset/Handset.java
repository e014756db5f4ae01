package co.stopcovid.standalone.handset;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.standalone.simulate.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A phone at a screen. One thread shows what comes, another reads what is typed. When the service
 * restarts, the phone connects again and goes on where it was: every message is shown once, and
 * what is typed is sent under one key until the service has it.
 */
public final class Handset {
  private static final Duration HISTORY = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final int MOST_REMEMBERED = 2_000;

  private final PhoneService service;
  private final URI address;
  private final Screen screen;
  private final Duration firstWait;
  private final Set<String> own = remembered();
  private final Set<String> shown = remembered();
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final AtomicLong lastShown = new AtomicLong();
  private volatile boolean done;
  private volatile @Nullable HandsetException failure;

  /**
   * @param address where the service is, such as {@code http://127.0.0.1:8080}
   * @param firstWait before it is tried again; grows
   */
  public Handset(URI address, PhoneNumber phone, String token, Screen screen, Duration firstWait) {
    this.service = new PhoneService(address, phone, token);
    this.address = address;
    this.screen = screen;
    this.firstWait = firstWait;
  }

  private static Set<String> remembered() {
    return Collections.synchronizedSet(new LinkedHashSet<>());
  }

  /**
   * Converses until there is no more to read.
   *
   * @param linger how long to wait, after each message that was typed and at the end, from the last
   *     message that came on; zero where a person types, who waits as long as she likes
   * @throws HandsetException when the service is not there, or refuses
   */
  public void run(Duration linger) throws IOException, InterruptedException {
    InputStream first;
    try {
      first = service.follow(null);
    } catch (IOException e) {
      throw new HandsetException(
          "no service answers at %s (%s): start one with ./dialog serve, or say with --url where it is"
              .formatted(address, e.getMessage()));
    }
    Thread follower = Thread.ofVirtual().name("phone-follower").start(() -> follow(first));
    try {
      caughtUp.await(HISTORY.toMillis(), TimeUnit.MILLISECONDS);
      for (String line = screen.read(); line != null; line = screen.read()) {
        if (!line.isBlank()) {
          send(line);
          linger(linger);
        }
        throwFailure();
      }
    } finally {
      done = true;
      follower.interrupt();
    }
  }

  private void throwFailure() {
    HandsetException known = failure;
    if (known != null) {
      throw known;
    }
  }

  private void linger(Duration linger) throws InterruptedException {
    lastShown.set(System.nanoTime());
    long left = linger.toNanos();
    while (left > 0 && failure == null) {
      TimeUnit.NANOSECONDS.sleep(left);
      left = lastShown.get() + linger.toNanos() - System.nanoTime();
    }
  }

  private void send(String text) throws InterruptedException {
    if (text.length() > ReceiveSms.MAX_BODY) {
      screen.note("A text message has at most %d characters.".formatted(ReceiveSms.MAX_BODY));
      return;
    }
    String key = UUID.randomUUID().toString();
    remember(own, "phone-" + key);
    for (int attempt = 1; ; attempt++) {
      try {
        service.say(key, text);
        return;
      } catch (IOException e) {
        if (attempt == 1) {
          screen.note("Not sent yet, it is tried again: " + e.getMessage());
        }
        pause(attempt);
      }
    }
  }

  private void follow(InputStream first) {
    String lastId = null;
    InputStream stream = first;
    try {
      for (int attempt = 0; !done; attempt++) {
        if (stream != null) {
          attempt = 0;
          lastId = show(stream, lastId);
        }
        pause(attempt + 1);
        stream = connect(lastId, attempt);
      }
    } catch (HandsetException e) {
      failure = e;
      screen.note(e.getMessage() + " (Enter to end)");
    } catch (InterruptedException e) {
      // It is over.
      Thread.currentThread().interrupt();
    } finally {
      caughtUp.countDown();
    }
  }

  private @Nullable InputStream connect(@Nullable String lastId, int attempt) {
    try {
      InputStream stream = service.follow(lastId);
      if (attempt > 0) {
        screen.note("Connected again.");
      }
      return stream;
    } catch (IOException e) {
      if (attempt == 0) {
        screen.note("The connection is lost, it is tried again: " + e.getMessage());
      }
      return null;
    }
  }

  /** Shows a stream to its end; gives the id of the last event. */
  private @Nullable String show(InputStream stream, @Nullable String lastId) {
    var events = new EventReader(stream, lastId);
    try (stream) {
      for (var event = events.next(); event != null && !done; event = events.next()) {
        switch (event) {
          case ServiceEvent.Live live -> caughtUp.countDown();
          case ServiceEvent.Message message -> show(message);
        }
      }
    } catch (IOException | MalformedJsonException e) {
      // The stream ended in the middle; what is cut off comes again.
      return events.lastId();
    }
    return events.lastId();
  }

  private void show(ServiceEvent.Message message) {
    boolean typedHere = message.sid() != null && own.contains(message.sid());
    if (typedHere || !remember(shown, message.id())) {
      return;
    }
    lastShown.set(System.nanoTime());
    if (message.fromLearner()) {
      String text = message.content().body();
      screen.said(text == null ? "" : text);
    } else {
      screen.message(message.content());
    }
  }

  private static boolean remember(Set<String> ids, String id) {
    synchronized (ids) {
      boolean added = ids.add(id);
      if (ids.size() > MOST_REMEMBERED) {
        ids.remove(ids.iterator().next());
      }
      return added;
    }
  }

  private void pause(int attempt) throws InterruptedException {
    Duration wait = firstWait.multipliedBy(Math.min(attempt, 100));
    Thread.sleep(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
  }
}
