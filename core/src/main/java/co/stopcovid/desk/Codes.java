package co.stopcovid.desk;

import co.stopcovid.dialog.CodeBook;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The registration codes that are kept in the database. */
public final class Codes {
  private static final Refusal UNKNOWN = Refusal.unknown("there is no such code");

  private final Performer performer;
  private final CodeBook book;

  Codes(Performer performer, DeskPorts ports) {
    this.performer = performer;
    this.book = ports.codes();
  }

  /** See {@link CodeBook#page}. */
  public Result<List<CodeBook.Entry>> page(Person by, @Nullable RegistrationCode after, int limit) {
    return performer.look(
        by, Operation.LIST_CODES, () -> new Result.Done<>(book.page(after, limit)));
  }

  public Result<CodeVerdict.Valid> show(Person by, RegistrationCode code) {
    return performer.look(
        by,
        Operation.SHOW_CODE,
        () ->
            book.find(code)
                .<Result<CodeVerdict.Valid>>map(Result.Done::new)
                .orElseGet(() -> Result.refused(UNKNOWN)));
  }

  /**
   * Adds codes, all or none; those that are there already get the new verdict.
   *
   * @return how many are new or changed
   */
  public Result<Integer> put(Person by, Map<RegistrationCode, CodeVerdict.Valid> codes) {
    return performer.change(
        by,
        Operation.PUT_CODES,
        () -> new Subject.Codes(codes.size()),
        () -> new Result.Done<>(book.put(codes)));
  }

  /** Takes a code back. Who registered with it stays registered. */
  public Result<Boolean> remove(Person by, RegistrationCode code) {
    return performer.change(
        by,
        Operation.REMOVE_CODE,
        () -> new Subject.Codes(1),
        () -> book.remove(code) ? new Result.Done<>(true) : Result.refused(UNKNOWN));
  }
}
