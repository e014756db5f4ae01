package co.stopcovid.adapters.postgres;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** Something to do with a connection; {@link Handle#getConnection()} is it for plain JDBC. */
@FunctionalInterface
public interface SqlWork<T> {
  T run(Handle handle) throws SQLException;
}
