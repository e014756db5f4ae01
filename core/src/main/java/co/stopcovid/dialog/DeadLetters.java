package co.stopcovid.dialog;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps what cannot be processed until a person has dealt with it. */
public interface DeadLetters {
  /** A dead letter under the number that it was stored with. */
  record Stored(long id, DeadLetter letter) {}

  /** Stores them; one that is there already, by source and source id, stays as it is. */
  void add(Collection<DeadLetter> letters);

  /**
   * Dead letters by rising id.
   *
   * @param id the last one that the caller has; 0 for none
   * @param limit how many at most
   */
  List<Stored> after(long id, int limit);

  /** Like {@link #after(long, int)}, only those from one source. */
  List<Stored> after(String source, long id, int limit);

  Optional<Stored> find(long id);

  /**
   * @return false when it was not there
   */
  boolean delete(long id);
}
