package co.stopcovid.aws.local;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a function is told about its invocation. Its time runs from the moment this is made. */
public final class LocalContext implements Context {
  /** What the functions of a stage have. */
  public static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(LocalContext.class);

  private final String function;
  private final long deadline;

  public LocalContext(String function, Duration timeout) {
    this.function = function;
    deadline = System.nanoTime() + timeout.toNanos();
  }

  /** A handler as something that can be called, each time with the whole time-out ahead. */
  public static <E, A> Function<E, @Nullable A> calling(RequestHandler<E, A> handler) {
    String name = handler.getClass().getSimpleName();
    return event -> handler.handleRequest(event, new LocalContext(name, TIMEOUT));
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) Math.max(0, Duration.ofNanos(deadline - System.nanoTime()).toMillis());
  }

  @Override
  public String getFunctionName() {
    return function;
  }

  @Override
  public String getAwsRequestId() {
    return function;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + function;
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:%s:%s:function:%s"
        .formatted(LocalAws.REGION.id(), LocalAws.ACCOUNT, function);
  }

  @Override
  public int getMemoryLimitInMB() {
    return 512;
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        LOG.info("{}", message);
      }

      @Override
      public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
      }
    };
  }
}
