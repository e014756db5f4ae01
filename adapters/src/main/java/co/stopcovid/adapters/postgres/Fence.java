package co.stopcovid.adapters.postgres;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** Decides, as the first statement of a transaction, whether this process may still write. */
@FunctionalInterface
public interface Fence {
  /** For work that any process may do at any time. */
  Fence NONE = handle -> {};

  /**
   * @throws FencedOffException when another process has taken over
   */
  void check(Handle handle) throws SQLException;
}
