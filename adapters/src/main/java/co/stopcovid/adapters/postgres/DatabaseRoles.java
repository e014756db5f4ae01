package co.stopcovid.adapters.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;

/** Makes the roles of the groups in a migrated database, and gives each its rights. */
public final class DatabaseRoles {
  private final Database database;

  /**
   * @param database as whoever owns the tables, and may make roles
   */
  public DatabaseRoles(Database database) {
    this.database = database;
  }

  /**
   * A user of the database.
   *
   * @param name of the role; one that is there gets the password
   */
  public record Login(String name, String password) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Login[%s]".formatted(name);
    }
  }

  /**
   * Makes the roles that are missing, and gives each the rights of its group and no others. To be
   * done again after every migration, and after a password was changed.
   */
  public void grant(Map<DatabaseRole, Login> logins) {
    database.write(
        handle -> {
          for (Map.Entry<DatabaseRole, Login> entry : logins.entrySet()) {
            grant(handle.getConnection(), entry.getKey(), entry.getValue());
          }
          return logins.size();
        });
  }

  private static void grant(Connection connection, DatabaseRole group, Login login)
      throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    String role = postgres.escapeIdentifier(login.name());
    if (!isThere(connection, login.name())) {
      run(connection, "create role " + role + " login");
    }
    // The server gets to see what follows from the password only.
    postgres.alterUserPassword(login.name(), login.password().toCharArray(), "scram-sha-256");
    run(connection, "revoke all on all tables in schema public from " + role);
    run(connection, "grant usage on schema public to " + role);
    for (Map.Entry<String, Set<String>> table : group.rights().entrySet()) {
      String rights = String.join(", ", table.getValue());
      run(connection, "grant %s on %s to %s".formatted(rights, table.getKey(), role));
    }
    Connections.settle(connection, login.name());
  }

  private static boolean isThere(Connection connection, String role) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select 1 from pg_roles where rolname = ?")) {
      statement.setString(1, role);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
