package co.stopcovid.dialog;

import co.stopcovid.common.Failure;

/**
 * There is more to do than can be taken on. Nothing was done; the sender should try again later.
 */
public final class OverloadedException extends RuntimeException implements Failure {
  private final int waiting;

  public OverloadedException(String what, int waiting) {
    super("%d %s wait already".formatted(waiting, what));
    this.waiting = waiting;
  }

  public int waiting() {
    return waiting;
  }

  @Override
  public Kind kind() {
    return Kind.OUTAGE;
  }
}
