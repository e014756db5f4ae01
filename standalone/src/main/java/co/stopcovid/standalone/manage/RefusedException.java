package co.stopcovid.standalone.manage;

/** The desk did not do what was asked; the message says why. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
