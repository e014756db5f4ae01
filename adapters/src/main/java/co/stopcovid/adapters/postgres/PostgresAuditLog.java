package co.stopcovid.adapters.postgres;

import co.stopcovid.desk.AuditEntry;
import co.stopcovid.desk.AuditLog;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The audit log in the table {@code audit_log}. */
public final class PostgresAuditLog implements AuditLog {
  private static final RowMapper<Stored> ROW =
      (row, context) ->
          new Stored(
              row.getLong("id"),
              new AuditEntry(
                  row.getObject("time", OffsetDateTime.class).toInstant(),
                  row.getString("person"),
                  row.getString("operation"),
                  row.getString("subject"),
                  AuditEntry.Outcome.find(row.getString("outcome")).orElseThrow()));

  private final Database database;

  public PostgresAuditLog(Database database) {
    this.database = database;
  }

  @Override
  public void add(AuditEntry entry) {
    String sql =
        """
        insert into audit_log (time, person, operation, subject, outcome) values (?, ?, ?, ?, ?)
        """;
    database.write(
        handle ->
            handle.execute(
                sql,
                entry.time().atOffset(ZoneOffset.UTC),
                entry.by(),
                entry.operation(),
                entry.on(),
                entry.outcome().wireName()));
  }

  @Override
  public List<Stored> before(@Nullable Long id, int limit) {
    String sql = "select * from audit_log where id < ? order by id desc limit ?";
    return database.read(
        handle ->
            handle
                .createQuery(sql)
                .bind(0, id == null ? Long.MAX_VALUE : id)
                .bind(1, limit)
                .map(ROW)
                .list());
  }
}
