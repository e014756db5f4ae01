package co.stopcovid.aws.dynamo;

import co.stopcovid.common.Backoff;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Repeats calls that fail for a while: throttled ones, those that met another transaction, and
 * those without an answer. What can never succeed fails at once.
 */
final class Retry {
  /** With the longest waits about four and a half seconds in all. */
  static final int MOST_ATTEMPTS = 10;

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(25), Duration.ofSeconds(1));

  private static final Set<String> PASSING_REASONS =
      Set.of("None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

  private final Pause pause;

  Retry(Pause pause) {
    this.pause = pause;
  }

  /**
   * Calls until it succeeds.
   *
   * @param operation its name, for errors
   * @throws DynamoUnavailableException when it still fails at the last attempt
   */
  <T> T call(String operation, Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (SdkException e) {
        if (!isPassing(e)) {
          throw e;
        }
        if (attempt >= MOST_ATTEMPTS) {
          throw new DynamoUnavailableException(operation, attempt, e);
        }
        pauseAfter(attempt);
      }
    }
  }

  /** Like {@link #call}, where nothing comes back that matters. */
  void run(String operation, Runnable call) {
    call(
        operation,
        () -> {
          call.run();
          return true;
        });
  }

  /**
   * Waits as long as is right after this many failures in a row.
   *
   * @param failures from 1
   */
  void pauseAfter(int failures) {
    pause.pause(BACKOFF.after(failures));
  }

  private static boolean isPassing(SdkException failure) {
    return switch (failure) {
      case TransactionCanceledException e ->
          e.cancellationReasons().stream()
              .map(CancellationReason::code)
              .allMatch(PASSING_REASONS::contains);
      case TransactionConflictException e -> true;
      case TransactionInProgressException e -> true;
      case ProvisionedThroughputExceededException e -> true;
      case RequestLimitExceededException e -> true;
      case ThrottlingException e -> true;
      case AwsServiceException e -> e.isThrottlingException() || e.statusCode() >= 500;
      // The thread was interrupted: it should come to its end.
      case AbortedException e -> false;
      case SdkClientException e -> true;
      default -> false;
    };
  }
}
