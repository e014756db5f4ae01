package co.stopcovid.standalone.manage;

/** The API cannot be asked; the message says why, and what to do about it, in a sentence. */
final class LineTroubleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LineTroubleException(String message) {
    super(message);
  }

  LineTroubleException(String message, Throwable cause) {
    super(message, cause);
  }
}
