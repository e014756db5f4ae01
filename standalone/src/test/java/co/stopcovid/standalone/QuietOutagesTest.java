package co.stopcovid.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import co.stopcovid.adapters.postgres.StorageException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class QuietOutagesTest {
  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger("workers");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  QuietOutagesTest() {
    var filter = new QuietOutages();
    filter.setContext(context);
    filter.start();
    context.addTurboFilter(filter);
    lines.setContext(context);
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.INFO);
  }

  @Test
  void anOutageIsOneLineHoweverManySayIt() {
    for (int i = 0; i < 1_000; i++) {
      logger.error(
          "worker failed: failures={}",
          i,
          new StorageException("down", new SQLException("connection refused", "08001")));
      logger.warn("task failed", new SQLException("the server stops", "57P01"));
      logger.error("no lease", new SQLTransientConnectionException("timed out"));
    }
    assertThat(lines.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getFormattedMessage()).contains("out of reach", "connection refused");
              assertThat(line.getThrowableProxy()).isNull();
            });
  }

  @Test
  void otherFailuresAreToldAsEver() {
    var constraint = new StorageException("failed", new SQLException("twice", "23505"));
    logger.error("worker failed", constraint);
    logger.error("worker failed", new IllegalStateException("a bug"));
    logger.info("goes on");
    // What nobody wants to read of an outage begins none.
    logger.debug("no connection yet", new SQLException("connection refused", "08001"));
    assertThat(lines.list).hasSize(3);
    assertThat(lines.list.getFirst().getThrowableProxy()).isNotNull();
  }
}
