package co.stopcovid.standalone.handset;

/** The service does not let this phone in, or has none. The message says what to do about it. */
public final class HandsetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HandsetException(String message) {
    super(message);
  }
}
