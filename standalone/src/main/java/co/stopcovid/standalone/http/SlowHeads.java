package co.stopcovid.standalone.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose request line and headers do not come in time. One that says a little now
 * and then is never idle, and some thousand of those would keep everybody else out.
 */
final class SlowHeads extends AbstractLifeCycle implements Connection.Listener {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Server server;
  private final Duration longest;
  private final Duration longestWhenFull;
  private final BooleanSupplier full;
  private final Map<Connection, Seen> connections = new ConcurrentHashMap<>();
  private volatile Scheduler.@Nullable Task next;

  /**
   * What was seen of a connection.
   *
   * @param requests that have come whole
   * @param bytes that had come when the last of them had
   * @param sinceNanos when a further one was first seen to have begun; 0 when none has
   */
  private record Seen(long requests, long bytes, long sinceNanos) {}

  /**
   * @param full whether there is no room for more connections
   */
  SlowHeads(Server server, Duration longest, Duration longestWhenFull, BooleanSupplier full) {
    this.server = server;
    this.longest = longest;
    this.longestWhenFull = longestWhenFull;
    this.full = full;
  }

  @Override
  protected void doStart() {
    for (Connector connector : server.getConnectors()) {
      connector.addEventListener(this);
    }
    lookAgain();
  }

  @Override
  protected void doStop() {
    Scheduler.Task task = next;
    if (task != null) {
      task.cancel();
    }
  }

  @Override
  public void onOpened(Connection connection) {
    connections.put(connection, new Seen(0, 0, 0));
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
  }

  private void lookAgain() {
    next = server.getScheduler().schedule(this::look, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    long most = (full.getAsBoolean() ? longestWhenFull : longest).toNanos();
    for (Connection connection : List.copyOf(connections.keySet())) {
      // One that was closed meanwhile stays away.
      Seen seen = connections.computeIfPresent(connection, (it, before) -> look(it, before, now));
      if (seen != null && seen.sinceNanos() != 0 && now - seen.sinceNanos() > most) {
        connections.remove(connection);
        connection.getEndPoint().close();
      }
    }
    if (isRunning() || isStarting()) {
      lookAgain();
    }
  }

  private static Seen look(Connection connection, Seen before, long now) {
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    boolean isBusy = requests > connection.getMessagesOut();
    if (requests != before.requests() || isBusy) {
      // The rest of the bytes is a body, which has a deadline of its own.
      return new Seen(requests, bytes, 0);
    }
    return bytes > before.bytes() && before.sinceNanos() == 0
        ? new Seen(requests, before.bytes(), now)
        : before;
  }
}
