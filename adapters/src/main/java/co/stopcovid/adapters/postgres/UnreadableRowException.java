package co.stopcovid.adapters.postgres;

/**
 * A row holds what this program does not know: somebody has changed it by hand, or a newer program
 * has written it. The message names the table and holds nothing of the row.
 */
public final class UnreadableRowException extends StorageException {
  private static final long serialVersionUID = 1L;

  UnreadableRowException(String table, Exception cause) {
    super(
        "a row of %s cannot be read (%s)".formatted(table, cause.getClass().getSimpleName()),
        cause);
  }

  /** The same row would fail again. */
  @Override
  public boolean isAboutTheData() {
    return true;
  }

  @Override
  public String reason() {
    return String.valueOf(getMessage());
  }
}
