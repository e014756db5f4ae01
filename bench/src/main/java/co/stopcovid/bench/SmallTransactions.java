package co.stopcovid.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * What a PostgreSQL does with one small transaction a command: eight clients, each of which inserts
 * a command, updates a state and inserts a batch of the usual lengths, and commits.
 */
final class SmallTransactions {
  private static final int CLIENTS = 8;
  private static final int LEARNERS = 10_000;
  private static final String COMMAND = "c".repeat(450);
  private static final String STATE = "s".repeat(530);
  private static final String BATCH = "b".repeat(840);

  private SmallTransactions() {}

  /** Transactions a second. The tables it makes for itself are gone afterwards. */
  static double perSecond(DataSource connections, Duration time) throws Exception {
    try (Connection connection = connections.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          create table small_commands (position bigint primary key, payload text not null);
          create table small_states (phone bigint primary key, version bigint not null,
            state text not null) with (fillfactor = 80);
          create table small_batches (position bigint primary key, phone bigint not null,
            version bigint not null, payload text not null, unique (phone, version));
          insert into small_states
            select n, 0, repeat('s', 530) from generate_series(0, %d) as n;
          """
              .formatted(LEARNERS - 1));
      try {
        return run(connections, time);
      } finally {
        statement.execute("drop table small_commands, small_states, small_batches");
      }
    }
  }

  private static double run(DataSource connections, Duration time) throws Exception {
    var next = new AtomicLong();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(
            threads.submit(
                () -> {
                  client(connections, next, end);
                  return null;
                }));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }
    return next.get() * 1e9 / (System.nanoTime() - start);
  }

  private static void client(DataSource connections, AtomicLong next, long end)
      throws SQLException {
    try (Connection connection = connections.getConnection();
        PreparedStatement command =
            connection.prepareStatement("insert into small_commands values (?, ?)");
        PreparedStatement state =
            connection.prepareStatement(
                "update small_states set version = version + 1, state = ? where phone = ?");
        PreparedStatement batch =
            connection.prepareStatement("insert into small_batches values (?, ?, ?, ?)")) {
      connection.setAutoCommit(false);
      while (System.nanoTime() < end) {
        long n = next.incrementAndGet();
        command.setLong(1, n);
        command.setString(2, COMMAND);
        command.executeUpdate();
        state.setString(1, STATE);
        state.setLong(2, n % LEARNERS);
        state.executeUpdate();
        batch.setLong(1, n);
        batch.setLong(2, n % LEARNERS);
        batch.setLong(3, n);
        batch.setString(4, BATCH);
        batch.executeUpdate();
        connection.commit();
      }
      connection.setAutoCommit(true);
    }
  }
}
