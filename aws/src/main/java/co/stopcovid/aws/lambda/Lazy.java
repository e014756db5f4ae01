package co.stopcovid.aws.lambda;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is made when it is first used: not in a function's start, which a snapshot keeps.
 * What making it throws is thrown, and it is tried again the next time.
 */
final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private @Nullable T made;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    T ready = made;
    if (ready == null) {
      ready = maker.get();
      made = ready;
    }
    return ready;
  }
}
