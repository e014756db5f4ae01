package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.ValidCodeCodec;
import co.stopcovid.dialog.CodeBook;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registration codes kept in the table {@code registration_codes}. */
public final class PostgresRegistrationCodes implements RegistrationCodes, CodeBook {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresRegistrationCodes.class);
  private static final CodeVerdict INVALID = new CodeVerdict.Invalid();

  private final Database database;

  public PostgresRegistrationCodes(Database database) {
    this.database = database;
  }

  @Override
  public Map<RegistrationCode, CodeVerdict> check(Set<RegistrationCode> codes) {
    Map<RegistrationCode, CodeVerdict> verdicts = HashMap.newHashMap(codes.size());
    codes.forEach(code -> verdicts.put(code, INVALID));
    try {
      database.read(handle -> select(handle.getConnection(), codes)).forEach(verdicts::put);
    } catch (StorageException e) {
      LOG.error("registration codes cannot be read", e);
      var unavailable = new CodeVerdict.Unavailable("the registration codes cannot be read now");
      codes.forEach(code -> verdicts.put(code, unavailable));
    }
    return verdicts;
  }

  private static Map<RegistrationCode, CodeVerdict> select(
      Connection connection, Set<RegistrationCode> codes) throws SQLException {
    String sql = "select code, verdict from registration_codes where code = any(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(
          1, Columns.texts(connection, codes, code -> code.value().replace("\0", "")));
      Map<RegistrationCode, CodeVerdict> found = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(new RegistrationCode(rows.getString(1)), verdict(rows.getString(2)));
        }
      }
      found.keySet().retainAll(codes);
      return found;
    }
  }

  private static CodeVerdict verdict(String json) {
    try {
      return ValidCodeCodec.decode(json);
    } catch (MalformedJsonException e) {
      return new CodeVerdict.Unavailable("the code's entry cannot be read: " + e.getMessage());
    }
  }

  @Override
  public List<Entry> page(@Nullable RegistrationCode after, int limit) {
    String sql =
        "select code, verdict from registration_codes where code > ? order by code limit ?";
    return database.read(
        handle -> {
          try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setString(1, after == null ? "" : after.value());
            statement.setInt(2, limit);
            return Rows.list(
                statement,
                row ->
                    new Entry(
                        new RegistrationCode(row.getString(1)),
                        ValidCodeCodec.decode(row.getString(2))));
          }
        });
  }

  @Override
  public Optional<CodeVerdict.Valid> find(RegistrationCode code) {
    return database.read(
        handle ->
            handle
                .createQuery("select verdict from registration_codes where code = ?")
                .bind(0, code.value())
                .mapTo(String.class)
                .findOne()
                .map(ValidCodeCodec::decode));
  }

  @Override
  public boolean remove(RegistrationCode code) {
    return database.write(
        handle ->
            handle
                    .createUpdate("delete from registration_codes where code = ?")
                    .bind(0, code.value())
                    .execute()
                > 0);
  }

  @Override
  public int put(Map<RegistrationCode, CodeVerdict.Valid> codes) {
    String sql =
        """
        insert into registration_codes as c (code, verdict)
        select u.code, convert_from(u.verdict, 'UTF8')
        from unnest(?::text[], ?::bytea[]) as u (code, verdict)
        on conflict (code) do update set verdict = excluded.verdict
        where c.verdict <> excluded.verdict
        """;
    var sorted = new TreeMap<String, CodeVerdict.Valid>();
    codes.forEach((code, verdict) -> sorted.put(code.value(), verdict));
    return database.write(
        handle -> {
          Connection connection = handle.getConnection();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, Columns.texts(connection, sorted.keySet(), code -> code));
            statement.setArray(
                2,
                Columns.utf8(
                    connection, sorted.values().stream().toList(), ValidCodeCodec::encode));
            return statement.executeUpdate();
          }
        });
  }

  /** Whether there is any code. */
  public boolean isAny() {
    String sql = "select exists (select from registration_codes)";
    return database.read(handle -> handle.createQuery(sql).mapTo(Boolean.class).one());
  }
}
