package co.stopcovid.adapters.postgres;

/** How far each consumer has come in the log or feed that it reads. */
public final class PostgresCheckpoints {
  private final Database database;

  public PostgresCheckpoints(Database database) {
    this.database = database;
  }

  /** The last position that the consumer is done with; 0 at the beginning. */
  public long load(String consumer) {
    return database.read(
        handle ->
            handle
                .createQuery("select position from consumer_checkpoints where consumer = ?")
                .bind(0, consumer)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
  }

  /** To be called in the {@link Database#unit} that holds what the consumer did. */
  public void save(String consumer, long position) {
    String sql =
        """
        insert into consumer_checkpoints (consumer, position) values (?, ?)
        on conflict (consumer) do update set position = excluded.position
        """;
    database.write(
        handle -> handle.createUpdate(sql).bind(0, consumer).bind(1, position).execute());
  }
}
