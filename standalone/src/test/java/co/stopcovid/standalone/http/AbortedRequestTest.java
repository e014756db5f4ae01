package co.stopcovid.standalone.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Clients that go away in the middle are nothing to look after: one line, without a trace. */
final class AbortedRequestTest {
  private static final int LARGE = 30_000_000;

  private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
          boolean isOurs =
              line.getLoggerName().matches("(org\\.eclipse\\.jetty|io\\.javalin|co\\.stopcovid).*");
          if (isOurs && line.getLevel().isGreaterOrEqual(Level.INFO)) {
            lines.add(line);
          }
        }
      };
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Javalin server =
      Javalin.create(
              config -> {
                HttpLimits.apply(config);
                config.routes.post("/in", this::in);
                config.routes.get("/whole", context -> context.result(new byte[LARGE]));
                config.routes.get("/parts", this::parts);
              })
          .start("127.0.0.1", 0);

  AbortedRequestTest() {
    // What it says as it starts is not meant.
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
  }

  @AfterEach
  void close() {
    root.detachAppender(appender);
    server.stop();
  }

  private void in(Context context) {
    try {
      context.result("%d bytes".formatted(BoundedBody.read(context, 1_000_000).length));
    } catch (Problem problem) {
      problem.answer(context);
    } finally {
      done.countDown();
    }
  }

  /** As a page that is written while it is made. */
  private void parts(Context context) throws IOException {
    try (var out = context.res().getOutputStream()) {
      var part = new byte[100_000];
      for (int i = 0; i < LARGE / part.length; i++) {
        out.write(part);
      }
    } finally {
      done.countDown();
    }
  }

  /** With a reset, as a client that dies. */
  private void breakOff(String request, int bytesToRead) throws Exception {
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(2_000);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      socket.getOutputStream().flush();
      socket.getInputStream().readNBytes(bytesToRead);
      socket.setSoLinger(true, 0);
    }
  }

  private List<String> linesOnceStopped() {
    server.stop();
    assertThat(lines).allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull());
    return lines.stream()
        .filter(line -> !line.getFormattedMessage().matches("(Stopped|Stopping|Javalin).*"))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void aBodyThatDoesNotComeWholeIsOneLine() throws Exception {
    breakOff("POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nFrom=%2B12025550123", 0);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();

    assertThat(linesOnceStopped())
        .singleElement()
        .asString()
        .startsWith("request broken off before its body had come")
        .doesNotContain("2025550123");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/whole", "/parts"})
  void anAnswerThatNobodyReadsIsOneLineAtMost(String path) throws Exception {
    breakOff("GET %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(path), 1_000);
    if (path.equals("/parts")) {
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(linesOnceStopped()).hasSizeLessThanOrEqualTo(1);
  }
}
