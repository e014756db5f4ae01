package co.stopcovid.adapters.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The right of one process to do the work, as a row with an epoch. As a {@link Fence} it is checked
 * in every transaction of a worker: the check locks the row until the commit, and who takes over
 * waits for that lock and raises the epoch. So of an earlier holder nothing is committed any more
 * once another has taken over. The expiry, by the database's clock, only says when another may try;
 * so does who has watched it for its whole length without a renewal, should that clock be set back.
 */
public final class Lease implements Fence {
  private final String name;
  private final long epoch;
  private final Duration length;
  private final Database database;
  private final String former;

  private Lease(Database database, String name, Duration length, Taken taken) {
    this.database = database;
    this.name = name;
    this.length = length;
    this.epoch = taken.epoch();
    this.former = taken.former();
  }

  private record Taken(long epoch, String former) {}

  /**
   * Takes a lease that nobody holds, or whose holder let it expire.
   *
   * @param holder says for a person who it is
   * @param length how long it is held without {@link #renew}
   */
  public static Optional<Lease> take(
      Database database, String name, String holder, Duration length) {
    return take(database, name, holder, length, NEVER);
  }

  /**
   * A lease as it stands at one moment. One that still stands so after its length has a holder who
   * does not renew it, whatever the database's clock says.
   */
  public record Seen(long epoch, String expiry, String holder) {}

  /** What {@link #seen} never is. */
  private static final Seen NEVER = new Seen(-1, "", "");

  /** How the lease stands now; empty when nobody has ever held it. */
  public static Optional<Seen> seen(Database database, String name) {
    String sql = "select epoch, expires_time::text, holder from leases where name = ?";
    return database.read(
        handle ->
            handle
                .createQuery(sql)
                .bind(0, name)
                .map((row, context) -> new Seen(row.getLong(1), row.getString(2), row.getString(3)))
                .findOne());
  }

  /**
   * The same; one that still stands as it was seen counts as expired.
   *
   * @param stale how it stood longer ago than its length
   */
  public static Optional<Lease> take(
      Database database, String name, String holder, Duration length, Seen stale) {
    return database
        .writeApart(handle -> raiseEpoch(handle, name, holder, length, stale))
        .map(taken -> new Lease(database, name, length, taken));
  }

  /**
   * Lets the next one take a lease at once, whoever holds it: for a caller who knows that the
   * holder is dead. Should it be alive after all, its transactions are fenced off as ever.
   */
  public static void expire(Database database, String name) {
    String sql = "update leases set expires_time = '-infinity' where name = ?";
    database.writeApart(handle -> handle.createUpdate(sql).bind(0, name).execute());
  }

  /** The lock waits for every transaction that has checked the lease and is not committed. */
  private static Optional<Taken> raiseEpoch(
      Handle handle, String name, String holder, Duration length, Seen stale) {
    String create =
        """
        insert into leases (name, epoch, holder, expires_time) values (?, 0, '', '-infinity')
        on conflict (name) do nothing
        """;
    handle.createUpdate(create).bind(0, name).execute();
    String free =
        """
        select 1 from leases where name = ?
          and (expires_time <= clock_timestamp() or epoch = ? and expires_time::text = ?)
        """;
    if (handle
        .createQuery(free)
        .bind(0, name)
        .bind(1, stale.epoch())
        .bind(2, stale.expiry())
        .mapTo(Integer.class)
        .findOne()
        .isEmpty()) {
      return Optional.empty();
    }
    String former =
        handle
            .createQuery("select holder from leases where name = ? for update")
            .bind(0, name)
            .mapTo(String.class)
            .one();
    String take =
        """
        update leases
        set epoch = epoch + 1, holder = ?, expires_time = clock_timestamp() + make_interval(secs => ?)
        where name = ?
          and (expires_time <= clock_timestamp() or epoch = ? and expires_time::text = ?)
        returning epoch
        """;
    return handle
        .createQuery(take)
        .bind(0, holder)
        .bind(1, seconds(length))
        .bind(2, name)
        .bind(3, stale.epoch())
        .bind(4, stale.expiry())
        .mapTo(Long.class)
        .findOne()
        .map(epoch -> new Taken(epoch, former));
  }

  private static double seconds(Duration length) {
    return length.toMillis() / 1_000.0;
  }

  /** Who held it before, or still believes so; empty when that one gave it up. */
  public String former() {
    return former;
  }

  public long epoch() {
    return epoch;
  }

  /**
   * Holds on to the lease for its length from now.
   *
   * @return false when another has taken over
   */
  public boolean renew() {
    String sql =
        """
        update leases set expires_time = clock_timestamp() + make_interval(secs => ?)
        where name = ? and epoch = ?
        """;
    return database.writeApart(
        handle ->
            handle.createUpdate(sql).bind(0, seconds(length)).bind(1, name).bind(2, epoch).execute()
                > 0);
  }

  /** Lets another take over at once. */
  public void release() {
    String sql =
        "update leases set expires_time = '-infinity', holder = '' where name = ? and epoch = ?";
    database.writeApart(handle -> handle.createUpdate(sql).bind(0, name).bind(1, epoch).execute());
  }

  @Override
  public void check(Handle handle) throws SQLException {
    String sql = "select 1 from leases where name = ? and epoch = ? for key share";
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      statement.setString(1, name);
      statement.setLong(2, epoch);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new FencedOffException(name, epoch);
        }
      }
    }
  }
}
