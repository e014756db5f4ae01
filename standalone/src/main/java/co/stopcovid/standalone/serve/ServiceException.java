package co.stopcovid.standalone.serve;

import org.jspecify.annotations.Nullable;

/** The service cannot start; the message says what is in the way, for who runs it. */
public final class ServiceException extends RuntimeException {
  public ServiceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
