package co.stopcovid.adapters.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Takes what a {@link DatabaseCopy} holds into a database in which nothing is. The tables are made
 * as they were at the copy; what is newer comes with the next start.
 */
public final class DatabaseRestore implements AutoCloseable {
  private final Path file;
  private final ZipFile zip;
  private final CopyManifest manifest;

  /**
   * Opens a copy and reads all of it once, so that nothing is begun with one that is damaged.
   *
   * @throws UnfitDatabaseException when it is damaged
   */
  public DatabaseRestore(Path file) {
    this.file = file;
    if (!Files.isRegularFile(file)) {
      throw new UnfitDatabaseException("there is no file %s".formatted(file));
    }
    try {
      this.zip = new ZipFile(file.toFile());
    } catch (IOException e) {
      throw damaged("it is no complete zip file", e);
    }
    try {
      this.manifest = read();
      check();
    } catch (IOException e) {
      close();
      throw damaged(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private UnfitDatabaseException damaged(String how, Exception cause) {
    return new UnfitDatabaseException(
        "%s is damaged, or no copy of manage backup: %s".formatted(file, how), cause);
  }

  private CopyManifest read() throws IOException {
    try (InputStream json = entry(CopyManifest.ENTRY)) {
      return CopyManifest.decode(json.readAllBytes());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private InputStream entry(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new ZipException("%s is not in it".formatted(name));
    }
    return zip.getInputStream(entry);
  }

  private void check() throws IOException {
    for (CopyManifest.Table table : manifest.tables()) {
      try (var in =
          new DigestInputStream(entry(CopyManifest.entry(table.name())), CopyManifest.digest())) {
        in.transferTo(OutputStream.nullOutputStream());
        if (!HexFormat.of().formatHex(in.getMessageDigest().digest()).equals(table.sha256())) {
          throw new ZipException("what it says of table %s does not fit".formatted(table.name()));
        }
      }
    }
  }

  public CopyManifest manifest() {
    return manifest;
  }

  /**
   * Takes everything in: all or nothing of the rows.
   *
   * @param url of a database in which nothing is, with a role that may do anything
   * @throws UnfitDatabaseException when the copy is of a newer program
   * @throws StorageException when the database fails
   */
  public void into(DatabaseUrl url) {
    Migrations.migrate(url, manifest.version());
    try (var connections = Connections.open(url, 1)) {
      var database = new Database(connections);
      database.writeApart(
          handle -> {
            fill(handle.getConnection());
            return true;
          });
    }
  }

  private void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local statement_timeout = 0");
      statement.execute("set local idle_in_transaction_session_timeout = 0");
      // The rows fit together already, whatever the order in which they come.
      statement.execute("set local session_replication_role = replica");
      List<String> names = manifest.tables().stream().map(CopyManifest.Table::name).toList();
      statement.execute("truncate table " + CopyManifest.quoted(names));
    }
    CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
    for (CopyManifest.Table table : manifest.tables()) {
      try (InputStream rows = entry(CopyManifest.entry(table.name()))) {
        copy.copyIn(
            "copy %s (%s) from stdin with (encoding 'UTF8')"
                .formatted(CopyManifest.quoted(table.name()), CopyManifest.quoted(table.columns())),
            rows);
      } catch (IOException e) {
        throw damaged(String.valueOf(e.getMessage()), e);
      }
    }
    String sql = "select setval(?::regclass, ?, ?)";
    for (CopyManifest.Sequence sequence : manifest.sequences()) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, CopyManifest.quoted(sequence.name()));
        statement.setLong(2, sequence.lastValue());
        statement.setBoolean(3, sequence.isCalled());
        statement.execute();
      }
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UnfitDatabaseException("%s cannot be closed: %s".formatted(file, e), e);
    }
  }
}
