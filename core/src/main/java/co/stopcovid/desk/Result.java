package co.stopcovid.desk;

import java.util.function.Function;

/** What came of an operation. */
public sealed interface Result<T> {
  /**
   * It is done.
   *
   * @param value what was asked for
   */
  record Done<T>(T value) implements Result<T> {}

  /** It is not done, and nothing was changed. */
  record Refused<T>(Refusal refusal) implements Result<T> {}

  static <T> Result<T> refused(Refusal refusal) {
    return new Refused<>(refusal);
  }

  /**
   * The value; a way in translates a refusal to what its callers know.
   *
   * @throws E when it was refused
   */
  default <E extends RuntimeException> T orElseThrow(Function<Refusal, E> translation) {
    return switch (this) {
      case Done<T>(T value) -> value;
      case Refused<T>(Refusal refusal) -> throw translation.apply(refusal);
    };
  }

  default <U> Result<U> map(Function<? super T, ? extends U> change) {
    return switch (this) {
      case Done<T>(T value) -> new Done<>(change.apply(value));
      case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
    };
  }
}
