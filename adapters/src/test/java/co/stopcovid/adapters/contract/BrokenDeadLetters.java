package co.stopcovid.adapters.contract;

import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Dead letters with one fault. */
final class BrokenDeadLetters implements DeadLetters {
  enum LettersFault {
    NONE,
    PAYLOAD_CUT,
    SECOND_CALL_REPLACES_FIRST,
    REPEAT_REPLACES,
    SOURCE_IGNORED,
    LIMIT_IGNORED,
    FILTER_IGNORED,
    ANOTHER_IS_FOUND,
    DELETED_STAYS,
    EMPTY_CALL_ADDS
  }

  private final LettersFault fault;
  private final TreeMap<Long, DeadLetter> letters = new TreeMap<>();
  private long last;

  BrokenDeadLetters(LettersFault fault) {
    this.fault = fault;
  }

  @Override
  public void add(Collection<DeadLetter> added) {
    if (fault == LettersFault.SECOND_CALL_REPLACES_FIRST) {
      letters.clear();
    }
    if (fault == LettersFault.EMPTY_CALL_ADDS && added.isEmpty()) {
      throw new IllegalArgumentException("nothing to add");
    }
    for (DeadLetter letter : added) {
      Optional<Long> known = idOf(letter);
      if (known.isEmpty()) {
        letters.put(++last, stored(letter));
      } else if (fault == LettersFault.REPEAT_REPLACES) {
        letters.put(known.get(), letter);
      }
    }
  }

  private Optional<Long> idOf(DeadLetter letter) {
    return letters.entrySet().stream()
        .filter(
            it ->
                it.getValue().sourceId().equals(letter.sourceId())
                    && (fault == LettersFault.SOURCE_IGNORED
                        || it.getValue().source().equals(letter.source())))
        .map(it -> it.getKey())
        .findFirst();
  }

  private DeadLetter stored(DeadLetter letter) {
    if (fault != LettersFault.PAYLOAD_CUT) {
      return letter;
    }
    String payload = letter.payload();
    return new DeadLetter(
        letter.source(),
        letter.sourceId(),
        payload.substring(0, Math.min(5, payload.length())),
        letter.reason(),
        letter.createdTime());
  }

  @Override
  public List<Stored> after(long id, int limit) {
    return letters.tailMap(id + 1).entrySet().stream()
        .limit(fault == LettersFault.LIMIT_IGNORED ? Long.MAX_VALUE : limit)
        .map(it -> new Stored(it.getKey(), it.getValue()))
        .toList();
  }

  @Override
  public List<Stored> after(String source, long id, int limit) {
    return after(id, Integer.MAX_VALUE).stream()
        .filter(it -> fault == LettersFault.FILTER_IGNORED || it.letter().source().equals(source))
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Stored> find(long id) {
    long found = fault == LettersFault.ANOTHER_IS_FOUND ? id + 1 : id;
    return Optional.ofNullable(letters.get(found)).map(letter -> new Stored(id, letter));
  }

  @Override
  public boolean delete(long id) {
    return fault == LettersFault.DELETED_STAYS
        ? letters.containsKey(id)
        : letters.remove(id) != null;
  }
}
