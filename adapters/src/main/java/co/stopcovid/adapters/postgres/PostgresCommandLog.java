package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.OverloadedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable log of commands, in the table {@code commands}. Many threads append; one thread
 * writes what waits as one transaction (group commit). Positions are given under a row lock that is
 * held until the commit: in this process and in others, a reader never sees a higher position
 * before a lower one. A position may be left out.
 */
public final class PostgresCommandLog implements CommandStream, AutoCloseable {
  /**
   * A command as it stands in the log.
   *
   * @param command null when it is not at hand and has to be read from the payload
   */
  public record Entry(long position, String payload, @Nullable DialogCommand command) {}

  private static final Logger LOG = LoggerFactory.getLogger(PostgresCommandLog.class);
  static final int MOST_IN_A_TRANSACTION = 1_000;
  private static final int MOST_WAITING = 20_000;
  private static final int MOST_AT_HAND = 8_000;
  private static final long MOST_BYTES_WAITING = 64_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration CLOSING = Duration.ofSeconds(20);

  private final Database database;
  private final Runnable afterAppend;
  private final BlockingQueue<Group> queue = new LinkedBlockingQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicLong bytesWaiting = new AtomicLong();
  private final Tail<Entry> tail = new Tail<>(MOST_AT_HAND, Entry::position);
  private final Thread appender;
  private volatile boolean closed;

  /** The last position that this process was given. Of the appender's thread. */
  private long highest;

  /** The commands of one caller. */
  private record Group(List<Row> rows, long bytes, CompletableFuture<List<SequenceNumber>> done) {}

  private record Row(@Nullable UUID key, String payload, DialogCommand command) {}

  /**
   * @param afterAppend told after each commit that there is something to read; must not block
   */
  public PostgresCommandLog(Database database, Runnable afterAppend) {
    this.database = database;
    this.afterAppend = afterAppend;
    // Another server may answer next, which does not have all of it.
    database.reversals().whenFailed(tail::clear);
    this.appender = Thread.ofPlatform().name("command-appender").daemon().start(this::run);
  }

  @Override
  public List<SequenceNumber> append(List<NewCommand> commands) {
    return append(commands, PATIENCE);
  }

  /**
   * For who appends in the middle of a transaction and must not hold its locks for long. What was
   * not stored in time may be stored later, so that each command needs an idempotency key.
   */
  public CommandStream within(Duration patience) {
    return commands -> append(commands, patience);
  }

  private List<SequenceNumber> append(List<NewCommand> commands, Duration patience) {
    try {
      return submit(commands).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new StorageException("the commands were not stored within " + patience, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("interrupted while commands were being stored", e);
    }
  }

  /**
   * Like {@link #append}, without waiting: the numbers come when the commands are committed.
   *
   * @throws OverloadedException when too much waits already; nothing was appended
   */
  public CompletableFuture<List<SequenceNumber>> submit(List<NewCommand> commands) {
    if (commands.size() > MOST_IN_A_TRANSACTION) {
      throw new IllegalArgumentException(
          "%d commands at once; at most %d are allowed"
              .formatted(commands.size(), MOST_IN_A_TRANSACTION));
    }
    if (commands.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    List<Row> rows = new ArrayList<>(commands.size());
    long bytes = 0;
    for (NewCommand command : commands) {
      String payload = CommandCodec.encode(command.command());
      rows.add(new Row(keyOf(command.idempotencyKey()), payload, command.command()));
      bytes += payload.length();
    }
    var group = new Group(rows, bytes, new CompletableFuture<>());
    long before = waiting.getAndAdd(rows.size());
    long bytesBefore = bytesWaiting.getAndAdd(bytes);
    if (before >= MOST_WAITING || bytesBefore >= MOST_BYTES_WAITING) {
      leaveQueue(group);
      throw new OverloadedException("commands", (int) before);
    }
    queue.add(group);
    if (closed) {
      failWaiting();
    }
    return group.done();
  }

  /** How many commands wait to be stored. */
  public long waiting() {
    return waiting.get();
  }

  /** 16 bytes of any key, so that the index stays small. */
  private static @Nullable UUID keyOf(@Nullable String key) {
    if (key == null) {
      return null;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(digest);
      return new UUID(bytes.getLong(), bytes.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private void leaveQueue(Group group) {
    waiting.addAndGet(-group.rows().size());
    bytesWaiting.addAndGet(-group.bytes());
  }

  private void run() {
    while (!closed || !queue.isEmpty()) {
      try {
        Group first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          write(first);
        }
      } catch (InterruptedException e) {
        break;
      }
    }
    failWaiting();
  }

  private void gather(List<Group> groups) {
    int size = groups.getFirst().rows().size();
    for (Group next = queue.peek(); next != null; next = queue.peek()) {
      size += next.rows().size();
      if (size > MOST_IN_A_TRANSACTION) {
        break;
      }
      groups.add(queue.remove());
    }
  }

  /** Whatever happens is told to those who wait; the appender goes on, or nobody's would be. */
  @SuppressWarnings("CatchingUnchecked")
  private void write(Group first) {
    List<Group> groups = new ArrayList<>();
    groups.add(first);
    try {
      gather(groups);
      Map<UUID, Integer> keys = new HashMap<>();
      List<Row> rows = new ArrayList<>();
      for (Group group : groups) {
        for (Row row : group.rows()) {
          if (row.key() == null || keys.putIfAbsent(row.key(), rows.size()) == null) {
            rows.add(row);
          }
        }
      }
      List<Long> positions = store(rows);
      int next = 0;
      for (Group group : groups) {
        List<SequenceNumber> numbers = new ArrayList<>(group.rows().size());
        for (Row row : group.rows()) {
          int at = row.key() == null ? next : keys.getOrDefault(row.key(), next);
          numbers.add(SequenceNumber.of(positions.get(at)));
          if (at == next) {
            next++;
          }
        }
        leaveQueue(group);
        group.done().complete(numbers);
      }
      afterAppend.run();
    } catch (Throwable e) {
      if (!(e instanceof StorageException)) {
        LOG.error("the appender failed and goes on: groups={}", groups.size(), e);
      }
      for (Group group : groups) {
        if (!group.done().isDone()) {
          leaveQueue(group);
          group.done().completeExceptionally(e);
        }
      }
    }
  }

  private List<Long> store(List<Row> rows) {
    Long base = database.once(handle -> insert(handle.getConnection(), rows));
    Map<UUID, Long> repeated = Map.of();
    if (base < 0) {
      base = -base;
      noteGivenTwice(base);
      tail.clear();
      repeated = database.once(handle -> selectByKey(handle.getConnection(), rows));
    }
    noteGivenTwice(base);
    highest = base + rows.size();
    List<Long> positions = new ArrayList<>(rows.size());
    List<Entry> entries = new ArrayList<>(rows.size());
    for (Row row : rows) {
      long own = base + positions.size() + 1;
      positions.add(row.key() == null ? own : repeated.getOrDefault(row.key(), own));
      entries.add(new Entry(own, row.payload(), row.command()));
    }
    if (repeated.isEmpty()) {
      tail.add(base, entries.getLast().position(), entries);
    }
    return positions;
  }

  /** Positions only rise, whoever is given them, unless the database is another one by now. */
  private void noteGivenTwice(long base) {
    if (base < highest) {
      var found = database.reversals().found(PositionLog.COMMANDS, base + 1, highest);
      LOG.error("{}", found.getMessage());
      highest = base;
    }
  }

  /** The position before the first; negative when some keys were there already. */
  private static long insert(Connection connection, List<Row> rows) throws SQLException {
    String sql =
        """
        with head as (
          update command_log_head set last_position = last_position + ?
          returning last_position - ? as base
        ), added as (
          insert into commands (position, idempotency_key, payload)
          select head.base + u.n, u.key, convert_from(u.payload, 'UTF8')
          from head, unnest(?::uuid[], ?::bytea[]) with ordinality as u (key, payload, n)
          on conflict (idempotency_key) do nothing
          returning 1
        )
        select head.base, (select count(*) from added) from head
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, rows.size());
      statement.setLong(2, rows.size());
      statement.setArray(
          3, connection.createArrayOf("uuid", rows.stream().map(Row::key).toArray()));
      statement.setArray(4, Columns.utf8(connection, rows, Row::payload));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(2) == rows.size() ? row.getLong(1) : -row.getLong(1);
      }
    }
  }

  private static Map<UUID, Long> selectByKey(Connection connection, List<Row> rows)
      throws SQLException {
    String sql = "select idempotency_key, position from commands where idempotency_key = any(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(
          1, connection.createArrayOf("uuid", rows.stream().map(Row::key).toArray()));
      Map<UUID, Long> positions = new HashMap<>();
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          positions.put(found.getObject(1, UUID.class), found.getLong(2));
        }
      }
      return positions;
    }
  }

  /**
   * Commands in the order of their positions.
   *
   * @param position the last one that the caller has; 0 for none
   * @param limit how many at most
   * @throws DatabaseWentBackException when the log ends before that position
   */
  public List<Entry> after(long position, int limit) {
    List<Entry> newest = tail.after(position, limit);
    if (!newest.isEmpty()) {
      return newest;
    }
    long end = lastPosition();
    if (end < position) {
      throw database.reversals().found(PositionLog.COMMANDS, end + 1, position);
    }
    if (end == position) {
      return List.of();
    }
    String sql =
        "select position, payload from commands where position > ? order by position limit ?";
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setLong(1, position);
            statement.setInt(2, limit);
            return Rows.list(statement, row -> new Entry(row.getLong(1), row.getString(2), null));
          }
        });
  }

  /** The position that was given last; 0 when there was none. */
  public long lastPosition() {
    return database.read(
        handle ->
            handle
                .createQuery("select last_position from command_log_head where only_row")
                .mapTo(Long.class)
                .one());
  }

  /** The position of the newest command that is there; 0 when there is none. */
  public static long newest(Database database) {
    String sql = "select coalesce(max(position), 0) from commands";
    return database.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /**
   * Deletes old commands that every consumer is done with, some at a time.
   *
   * @param position the last one that is done with
   * @param age only those accepted longer ago: their keys are known for that long
   * @return how many were deleted; fewer than the limit when no more are left
   */
  public int deleteUpTo(long position, Duration age, int limit) {
    String sql =
        """
        delete from commands where position in (
          -- The oldest first, and only then their age: what is younger is not searched through.
          select position from (
            select position, accepted_time from commands
            where position <= :position order by position limit :limit) as oldest
          where accepted_time < now() - make_interval(secs => :age))
        """;
    return database.write(
        handle ->
            handle
                .createUpdate(sql)
                .bind("position", position)
                .bind("age", age.toSeconds())
                .bind("limit", limit)
                .execute());
  }

  /** Stores what waits, then stops; what comes later is refused. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!appender.join(CLOSING)) {
        appender.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    failWaiting();
  }

  private void failWaiting() {
    for (Group group = queue.poll(); group != null; group = queue.poll()) {
      leaveQueue(group);
      group.done().completeExceptionally(new StorageException("the command log is closed"));
    }
  }
}
