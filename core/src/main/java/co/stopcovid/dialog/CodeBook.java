package co.stopcovid.dialog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The registration codes that the organisation gives out, for those who look after them. */
public interface CodeBook {
  /** A code and what it stands for. */
  record Entry(RegistrationCode code, CodeVerdict.Valid verdict) {}

  /**
   * A page of codes, in an order that stays.
   *
   * @param after the last code of the page before; null for the first page
   * @return at most limit; fewer only when there are no more
   */
  List<Entry> page(@Nullable RegistrationCode after, int limit);

  Optional<CodeVerdict.Valid> find(RegistrationCode code);

  /**
   * Adds codes, all or none; those that are there already get the new verdict.
   *
   * @return how many codes are new or changed
   */
  int put(Map<RegistrationCode, CodeVerdict.Valid> codes);

  /**
   * Takes a code back. Who registered with it stays registered.
   *
   * @return false when it was not there
   */
  boolean remove(RegistrationCode code);
}
