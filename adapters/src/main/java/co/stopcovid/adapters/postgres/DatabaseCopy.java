package co.stopcovid.adapters.postgres;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Copies all that a database holds into one file, as it was at one moment, while others go on
 * writing. The file holds no data of a server's version, so that another version can take it: a zip
 * with one file a table in PostgreSQL's text form, and a {@link CopyManifest} as the last one.
 */
public final class DatabaseCopy {
  private static final String TABLES =
      """
      select c.oid, c.relname from pg_class c
      where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
        and c.relname <> 'flyway_schema_history'
      order by c.relname collate "C"
      """;

  private DatabaseCopy() {}

  /**
   * Writes the file, which only its owner can read.
   *
   * @throws UnfitDatabaseException when the file is there already
   * @throws StorageException when the database fails
   * @throws IOException when the file cannot be written; then it is not there
   */
  public static CopyManifest write(Database database, Path file, Instant now) throws IOException {
    if (Files.exists(file)) {
      throw new UnfitDatabaseException(
          "%s is there already: name another file, or take this one away".formatted(file));
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      CopyManifest manifest;
      try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
        manifest = write(database, zip, now);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return manifest;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static CopyManifest write(Database database, ZipOutputStream zip, Instant now)
      throws IOException {
    try {
      return database.once(
          handle -> {
            Connection connection = handle.getConnection();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
              statement.execute("set transaction isolation level repeatable read, read only");
              statement.execute("set local statement_timeout = 0");
              statement.execute("set local idle_in_transaction_session_timeout = 0");
              CopyManifest manifest = tables(connection, statement, zip, now);
              zip.putNextEntry(new ZipEntry(CopyManifest.ENTRY));
              zip.write(manifest.encode());
              zip.closeEntry();
              return manifest;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            } finally {
              connection.rollback();
              connection.setAutoCommit(true);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static CopyManifest tables(
      Connection connection, Statement statement, ZipOutputStream zip, Instant now)
      throws SQLException, IOException {
    record Found(long oid, String name) {}
    List<Found> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        found.add(new Found(rows.getLong(1), rows.getString(2)));
      }
    }
    CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
    List<CopyManifest.Table> tables = new ArrayList<>();
    for (Found table : found) {
      // What a table computes by itself it computes again.
      List<String> columns =
          texts(
              statement,
              """
              select attname from pg_attribute
              where attrelid = %d and attnum > 0 and not attisdropped and attgenerated = ''
              order by attnum
              """
                  .formatted(table.oid()));
      zip.putNextEntry(new ZipEntry(CopyManifest.entry(table.name())));
      var digest = new DigestOutputStream(new Unclosed(zip), CopyManifest.digest());
      long rows =
          copy.copyOut(
              "copy %s (%s) to stdout with (encoding 'UTF8')"
                  .formatted(CopyManifest.quoted(table.name()), CopyManifest.quoted(columns)),
              digest);
      zip.closeEntry();
      tables.add(
          new CopyManifest.Table(
              table.name(),
              columns,
              rows,
              HexFormat.of().formatHex(digest.getMessageDigest().digest())));
    }
    // Sequences belong to no snapshot: read afterwards, they are never behind the tables.
    return new CopyManifest(version(statement), now, tables, sequences(statement));
  }

  private static String version(Statement statement) throws SQLException {
    List<String> versions =
        texts(
            statement,
            """
            select version from flyway_schema_history where success and version is not null
            order by installed_rank
            """);
    return versions.stream().max(CopyManifest.BY_VERSION).orElse("0");
  }

  private static List<CopyManifest.Sequence> sequences(Statement statement) throws SQLException {
    List<CopyManifest.Sequence> sequences = new ArrayList<>();
    List<String> names =
        texts(
            statement,
            """
            select relname from pg_class
            where relkind = 'S' and relnamespace = current_schema()::regnamespace
            order by relname collate "C"
            """);
    for (String name : names) {
      String sql = "select last_value, is_called from " + CopyManifest.quoted(name);
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
        sequences.add(new CopyManifest.Sequence(name, row.getLong(1), row.getBoolean(2)));
      }
    }
    return sequences;
  }

  private static List<String> texts(Statement statement, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /** The end of a table is not the end of the file. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
