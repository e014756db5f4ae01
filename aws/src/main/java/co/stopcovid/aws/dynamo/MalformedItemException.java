package co.stopcovid.aws.dynamo;

/** An item has not the form that it is written in. The message names the attribute. */
public final class MalformedItemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedItemException(String message) {
    super(message);
  }

  MalformedItemException(String message, Throwable cause) {
    super(message, cause);
  }
}
