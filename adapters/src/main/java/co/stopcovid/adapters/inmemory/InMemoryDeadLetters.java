package co.stopcovid.adapters.inmemory;

import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Dead letters in memory. Threads may share it. */
public final class InMemoryDeadLetters implements DeadLetters {
  private final SortedMap<Long, DeadLetter> letters = new TreeMap<>();
  private long last;

  @Override
  public synchronized void add(Collection<DeadLetter> added) {
    for (DeadLetter letter : added) {
      boolean known =
          letters.values().stream()
              .anyMatch(
                  other ->
                      other.source().equals(letter.source())
                          && other.sourceId().equals(letter.sourceId()));
      if (!known) {
        letters.put(++last, letter);
      }
    }
  }

  @Override
  public synchronized List<Stored> after(long id, int limit) {
    return letters.tailMap(id + 1).entrySet().stream()
        .limit(limit)
        .map(entry -> new Stored(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public synchronized List<Stored> after(String source, long id, int limit) {
    return after(id, Integer.MAX_VALUE).stream()
        .filter(stored -> stored.letter().source().equals(source))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<Stored> find(long id) {
    return Optional.ofNullable(letters.get(id)).map(letter -> new Stored(id, letter));
  }

  @Override
  public synchronized boolean delete(long id) {
    return letters.remove(id) != null;
  }
}
