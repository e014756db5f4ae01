package co.stopcovid.aws.local;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stream whose records lie in shards, each in order. A reshard ends shards and begins others. */
interface ShardedStream<R> {
  /**
   * A shard.
   *
   * @param parents what was written there comes before what was written here; some may be gone
   */
  record Shard(String id, Set<String> parents) {}

  /**
   * Records of a shard.
   *
   * @param next where to go on; null when the shard is over
   */
  record Page<R>(List<R> records, @Nullable String next) {}

  /** The position is too old to be used; another for the same place is to be had. */
  final class ExpiredPositionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExpiredPositionException(Throwable cause) {
      super(cause);
    }
  }

  List<Shard> shards();

  /**
   * A position in a shard.
   *
   * @param after the sequence number of the record before; null for the oldest that there is
   */
  String position(String shard, @Nullable String after);

  /**
   * @throws ExpiredPositionException when the position is too old
   */
  Page<R> read(String position, int limit);

  String sequenceNumber(R record);
}
