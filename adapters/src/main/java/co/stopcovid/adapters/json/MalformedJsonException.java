package co.stopcovid.adapters.json;

/**
 * JSON that does not have the form it should. The message names the field and what is expected
 * there; it never holds a message's text or a whole phone number.
 */
public class MalformedJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedJsonException(String message) {
    super(message);
  }

  public MalformedJsonException(String message, Throwable cause) {
    super(message, cause);
  }
}
