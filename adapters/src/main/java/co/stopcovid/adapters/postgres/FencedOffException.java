package co.stopcovid.adapters.postgres;

import co.stopcovid.common.Failure;

/** Another process has taken over. The transaction is rolled back; this process has to stop. */
public sealed class FencedOffException extends RuntimeException implements Failure
    permits DatabaseWentBackException {
  public FencedOffException(String lease, long epoch) {
    this("the lease %s is no longer held in epoch %d".formatted(lease, epoch));
  }

  FencedOffException(String message) {
    super(message);
  }

  @Override
  public Kind kind() {
    return Kind.CONFLICT;
  }
}
