package co.stopcovid.aws.local;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stream in memory. Its records are their own sequence numbers. */
final class ScriptedStream implements ShardedStream<String> {
  private static final class Contents {
    final List<String> records = new ArrayList<>();
    final Set<String> parents;
    boolean isClosed;

    Contents(Set<String> parents) {
      this.parents = parents;
    }
  }

  private final Map<String, Contents> shards = new LinkedHashMap<>();

  /** Positions from before are of no use any more. */
  private int generation;

  ScriptedStream shard(String id, String... parents) {
    shards.put(id, new Contents(Set.of(parents)));
    for (String parent : parents) {
      Contents contents = shards.get(parent);
      if (contents != null) {
        contents.isClosed = true;
      }
    }
    return this;
  }

  ScriptedStream add(String shard, String... records) {
    contents(shard).records.addAll(List.of(records));
    return this;
  }

  void trim(String shard) {
    shards.remove(shard);
  }

  void expirePositions() {
    generation++;
  }

  @Override
  public List<Shard> shards() {
    List<Shard> all = new ArrayList<>();
    shards.forEach((id, contents) -> all.add(new Shard(id, new HashSet<>(contents.parents))));
    // Children first: who reads them must find the order out.
    return all.reversed();
  }

  @Override
  public String position(String shard, @Nullable String after) {
    int next = after == null ? 0 : contents(shard).records.indexOf(after) + 1;
    return generation + "/" + shard + "/" + next;
  }

  @Override
  public Page<String> read(String position, int limit) {
    List<String> parts = List.of(position.split("/", -1));
    if (Integer.parseInt(parts.get(0)) != generation) {
      throw new ExpiredPositionException(new IllegalStateException(position));
    }
    Contents contents = contents(parts.get(1));
    int from = Integer.parseInt(parts.get(2));
    int to = Math.min(contents.records.size(), from + limit);
    boolean isOver = contents.isClosed && to == contents.records.size();
    return new Page<>(
        List.copyOf(contents.records.subList(from, to)),
        isOver ? null : generation + "/" + parts.get(1) + "/" + to);
  }

  @Override
  public String sequenceNumber(String record) {
    return record;
  }

  private Contents contents(String shard) {
    Contents contents = shards.get(shard);
    if (contents == null) {
      throw new IllegalArgumentException("there is no shard " + shard);
    }
    return contents;
  }
}
