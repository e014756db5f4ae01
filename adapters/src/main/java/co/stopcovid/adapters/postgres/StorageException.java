package co.stopcovid.adapters.postgres;

import co.stopcovid.common.Failure;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The database did not do what it was asked: it is out of reach, or it refused. Whether what was
 * being committed is there can be unknown; doing it again is safe everywhere in this package.
 */
public class StorageException extends RuntimeException implements Failure {
  private final @Nullable String sqlState;

  public StorageException(String message, SQLException cause) {
    super(message + ": " + cause.getMessage(), cause);
    this.sqlState = cause.getSQLState();
  }

  public StorageException(String message, Exception cause) {
    super(message, cause);
    this.sqlState = null;
  }

  public StorageException(String message) {
    super(message);
    this.sqlState = null;
  }

  /**
   * Whether the data itself was refused (SQLSTATE classes 22 and 23), so that trying again with the
   * same data would fail again.
   */
  public boolean isAboutTheData() {
    return sqlState != null && (sqlState.startsWith("22") || sqlState.startsWith("23"));
  }

  /** Whether two transactions waited for each other and this one was failed; try it again. */
  public boolean isDeadlock() {
    return "40P01".equals(sqlState);
  }

  @Override
  public Kind kind() {
    return isAboutTheData() ? Kind.DATA : Kind.OUTAGE;
  }

  /** What a database says of the data that it refuses can hold some of it. */
  @Override
  public String reason() {
    return isAboutTheData() ? "the database refuses what it comes to" : "the database failed";
  }
}
