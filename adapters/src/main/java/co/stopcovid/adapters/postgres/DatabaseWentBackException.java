package co.stopcovid.adapters.postgres;

/**
 * The database is an earlier one: a replica that lagged, or a restored copy. Positions that were
 * given out are given out again, to other entries, so that nothing that this process remembers
 * holds. As after another process has taken over, its work has to begin anew.
 */
public final class DatabaseWentBackException extends FencedOffException {
  /**
   * @param log whose positions they are
   * @param first of the positions that are given out twice
   * @param last of them
   */
  public DatabaseWentBackException(PositionLog log, long first, long last) {
    super(
        "the database went back: positions %d to %d of the %s are given out twice, and what they held before is lost"
            .formatted(first, last, log.label()));
  }
}
