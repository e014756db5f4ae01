package co.stopcovid.desk;

import co.stopcovid.desk.AuditEntry.Outcome;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * Where every operation is performed: asks whether the person may, and writes one entry of the
 * audit log for each that changes something, whether it was done, refused or broke off.
 */
final class Performer {
  private final AuditLog audit;
  private final InstantSource clock;

  Performer(AuditLog audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /** An operation that only looks. */
  <T> Result<T> look(Person by, Operation operation, Supplier<Result<T>> work) {
    if (operation.isChanging()) {
      throw new IllegalArgumentException(operation + " changes something");
    }
    return by.may(operation) ? work.get() : Result.refused(notAllowed(by, operation));
  }

  /**
   * An operation that changes something.
   *
   * @param on whom or what; asked for before the work
   */
  <T> Result<T> change(
      Person by, Operation operation, Supplier<Subject> on, Supplier<Result<T>> work) {
    if (!operation.isChanging()) {
      throw new IllegalArgumentException(operation + " changes nothing");
    }
    Subject subject = on.get();
    Outcome outcome = Outcome.FAILED;
    try {
      Result<T> result = by.may(operation) ? work.get() : Result.refused(notAllowed(by, operation));
      outcome = result instanceof Result.Done<T> ? Outcome.DONE : Outcome.REFUSED;
      return result;
    } finally {
      audit.add(
          new AuditEntry(
              clock.instant().truncatedTo(ChronoUnit.MILLIS),
              by.name(),
              operation.wireName(),
              subject.text(),
              outcome));
    }
  }

  private static Refusal notAllowed(Person by, Operation operation) {
    return new Refusal(
        Refusal.Kind.NOT_ALLOWED,
        "",
        "%s may not do this: %s is for those with the access %s"
            .formatted(by.name(), operation.wireName(), operation.access()));
  }
}
