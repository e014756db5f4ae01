package co.stopcovid.aws.handling;

import co.stopcovid.adapters.config.SettingException;
import co.stopcovid.adapters.failures.DataFailure;
import co.stopcovid.adapters.json.UnknownEventTypeException;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.aws.dynamo.DynamoUnavailableException;
import co.stopcovid.aws.dynamo.MalformedItemException;
import co.stopcovid.aws.kinesis.UnwrittenCommandsException;
import co.stopcovid.aws.sqs.UnsentMessagesException;
import co.stopcovid.drills.ContentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Tells failures that will pass from those that come again with the same data. */
final class Failures {
  private Failures() {}

  /**
   * Whether some learner's data itself is refused or cannot be read. An event of a newer program is
   * not meant: that is waited for.
   */
  static boolean isAboutTheData(Throwable failure) {
    return failure instanceof MalformedItemException || DataFailure.is(failure);
  }

  /**
   * Whether a command may succeed later as it is: something that it needs is out of reach. All else
   * is the command's own, or a bug that it meets.
   */
  static boolean isOutage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageException storage) {
        return !storage.isAboutTheData();
      }
      if (isUnavailable(cause)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether it may pass by itself with an event batch: an outage, or an event that a newer program
   * can read. All else is the batch's own, or a bug that it meets.
   */
  static boolean mayPass(Throwable failure) {
    return waitsForItself(failure) || isOutage(failure);
  }

  /** Whether only what needs the content, or a newer program, has to wait for it. */
  static boolean waitsForItself(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ContentException || cause instanceof UnknownEventTypeException) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnavailable(Throwable cause) {
    if (cause instanceof AwsServiceException refused) {
      // DynamoDB and SQS refuse so what is too large, however often it is tried.
      return refused.awsErrorDetails() == null
          || !"ValidationException".equals(refused.awsErrorDetails().errorCode());
    }
    return cause instanceof SdkException
        || cause instanceof CancellationException
        || cause instanceof IOException
        || cause instanceof UncheckedIOException
        || cause instanceof DynamoUnavailableException
        // Content and settings are mended, and commands that came meanwhile are none the worse.
        || cause instanceof ContentException
        || cause instanceof SettingException
        || cause instanceof UnwrittenCommandsException
        || cause instanceof UnsentMessagesException;
  }
}
