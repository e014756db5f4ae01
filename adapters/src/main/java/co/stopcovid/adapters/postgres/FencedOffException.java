package co.stopcovid.adapters.postgres;

/** Another process has taken over. The transaction is rolled back; this process has to stop. */
public final class FencedOffException extends RuntimeException {
  public FencedOffException(String lease, long epoch) {
    super("the lease %s is no longer held in epoch %d".formatted(lease, epoch));
  }
}
