package co.stopcovid.adapters.postgres;

/** The database cannot be used as it is. The message tells the operator what to change. */
public final class UnfitDatabaseException extends RuntimeException {
  public UnfitDatabaseException(String message) {
    super(message);
  }

  public UnfitDatabaseException(String message, Exception cause) {
    super(message, cause);
  }
}
