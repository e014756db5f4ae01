package co.stopcovid.running;

import co.stopcovid.common.Failure;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes many together. What fails for a reason of its own is taken in halves, until the culprit is
 * found; the others must not suffer for it.
 *
 * @param <T> what is taken
 */
public final class Halves<T> {
  private final Consumer<List<T>> together;
  private final BiConsumer<T, Throwable> culprit;
  private final Function<Throwable, Failure.Kind> kinds;

  /**
   * @param together takes some, all or none of them; never an empty list
   * @param culprit told of one that fails alone, and why
   * @param kinds what a failure is; one that may pass is thrown on
   */
  public Halves(
      Consumer<List<T>> together,
      BiConsumer<T, Throwable> culprit,
      Function<Throwable, Failure.Kind> kinds) {
    this.together = together;
    this.culprit = culprit;
    this.kinds = kinds;
  }

  /** The same with the kinds that failures themselves tell. */
  public Halves(Consumer<List<T>> together, BiConsumer<T, Throwable> culprit) {
    this(together, culprit, Failure::kindOf);
  }

  /**
   * Takes them in their order.
   *
   * @throws RuntimeException when a failure may pass; what came before it is taken
   */
  public void take(List<T> all) {
    if (all.isEmpty()) {
      return;
    }
    try {
      together.accept(all);
    } catch (RuntimeException | StackOverflowError e) {
      if (kinds.apply(e).mayPass()) {
        throw e;
      }
      if (all.size() == 1) {
        culprit.accept(all.getFirst(), e);
        return;
      }
      take(all.subList(0, all.size() / 2));
      take(all.subList(all.size() / 2, all.size()));
    }
  }
}
