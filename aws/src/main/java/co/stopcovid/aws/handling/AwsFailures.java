package co.stopcovid.aws.handling;

import co.stopcovid.common.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Tells of what kind failures are that the libraries for AWS throw; ours say so themselves. */
public final class AwsFailures {
  private AwsFailures() {}

  /** The kind that the first among a failure and its causes gives. */
  public static Failure.Kind kindOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case Failure known -> {
          return known.kind();
        }
        case AwsServiceException refused -> {
          return kindOf(refused);
        }
        case SdkException unreachable -> {
          return Failure.Kind.OUTAGE;
        }
        case CancellationException cancelled -> {
          return Failure.Kind.OUTAGE;
        }
        case IOException broken -> {
          return Failure.Kind.OUTAGE;
        }
        case UncheckedIOException broken -> {
          return Failure.Kind.OUTAGE;
        }
        default -> {}
      }
    }
    return Failure.Kind.BUG;
  }

  /** DynamoDB and SQS refuse so what is too large, however often it is tried. */
  private static Failure.Kind kindOf(AwsServiceException refused) {
    return refused.awsErrorDetails() != null
            && "ValidationException".equals(refused.awsErrorDetails().errorCode())
        ? Failure.Kind.BUG
        : Failure.Kind.OUTAGE;
  }
}
