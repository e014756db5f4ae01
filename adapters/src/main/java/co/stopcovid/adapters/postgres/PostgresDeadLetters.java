package co.stopcovid.adapters.postgres;

import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Dead letters in the table {@code dead_letters}; added in the unit of work under way. */
public final class PostgresDeadLetters implements DeadLetters {
  private static final RowMapper<Stored> ROW =
      (row, context) ->
          new Stored(
              row.getLong("id"),
              new DeadLetter(
                  row.getString("source"),
                  row.getString("source_id"),
                  row.getString("payload"),
                  row.getString("reason"),
                  row.getObject("created_time", OffsetDateTime.class).toInstant()));

  private final Database database;

  public PostgresDeadLetters(Database database) {
    this.database = database;
  }

  @Override
  public void add(Collection<DeadLetter> letters) {
    if (letters.isEmpty()) {
      return;
    }
    String sql =
        """
        insert into dead_letters (source, source_id, payload, reason, created_time)
        values (?, ?, ?, ?, ?) on conflict (source, source_id) do nothing
        """;
    database.write(
        handle -> {
          PreparedBatch batch = handle.prepareBatch(sql);
          for (DeadLetter letter : letters) {
            batch.add(
                letter.source(),
                letter.sourceId(),
                storable(letter.payload()),
                storable(letter.reason()),
                utc(letter.createdTime()));
          }
          return batch.execute().length;
        });
  }

  /** PostgreSQL's texts hold every character but this. */
  private static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  @Override
  public List<Stored> after(long id, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from dead_letters where id > ? order by id limit ?")
                .bind(0, id)
                .bind(1, limit)
                .map(ROW)
                .list());
  }

  @Override
  public List<Stored> after(String source, long id, int limit) {
    String sql = "select * from dead_letters where source = ? and id > ? order by id limit ?";
    return database.read(
        handle ->
            handle.createQuery(sql).bind(0, source).bind(1, id).bind(2, limit).map(ROW).list());
  }

  @Override
  public Optional<Stored> find(long id) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from dead_letters where id = ?")
                .bind(0, id)
                .map(ROW)
                .findOne());
  }

  @Override
  public boolean delete(long id) {
    return database.write(
        handle ->
            handle.createUpdate("delete from dead_letters where id = ?").bind(0, id).execute() > 0);
  }
}
