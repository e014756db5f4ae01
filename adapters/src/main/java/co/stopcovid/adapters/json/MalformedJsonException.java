package co.stopcovid.adapters.json;

import co.stopcovid.common.Failure;

/**
 * JSON that does not have the form it should. The message names the field and what is expected
 * there; it never holds a message's text or a whole phone number.
 */
public class MalformedJsonException extends RuntimeException implements Failure {
  private static final long serialVersionUID = 1L;

  public MalformedJsonException(String message) {
    super(message);
  }

  public MalformedJsonException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public Kind kind() {
    return Kind.DATA;
  }
}
