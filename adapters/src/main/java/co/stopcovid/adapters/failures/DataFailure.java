package co.stopcovid.adapters.failures;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.MissingDrillVersionException;
import co.stopcovid.adapters.json.UnknownEventTypeException;
import co.stopcovid.adapters.postgres.StorageException;

/** Failures that are of some learner's data, and come again with that learner alone. */
public final class DataFailure {
  private DataFailure() {}

  /**
   * Whether some learner's data is refused or cannot be read. An event of a newer program is not
   * meant: it is waited for.
   */
  public static boolean is(Throwable failure) {
    return switch (failure) {
      case UnknownEventTypeException newer -> false;
      case MalformedJsonException unreadable -> true;
      case MissingDrillVersionException unreadable -> true;
      case StorageException refused -> refused.isAboutTheData();
      default -> false;
    };
  }

  /** For a dead letter; what a database says of the data it refuses can hold some of it. */
  public static String reason(Throwable failure) {
    return failure instanceof StorageException
        ? "the database refuses what it comes to"
        : String.valueOf(failure.getMessage());
  }
}
