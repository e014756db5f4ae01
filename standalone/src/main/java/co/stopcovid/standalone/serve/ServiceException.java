package co.stopcovid.standalone.serve;

/** The service cannot start; the message says what is in the way, for who runs it. */
public final class ServiceException extends RuntimeException {
  public ServiceException(String message, Throwable cause) {
    super(message, cause);
  }
}
