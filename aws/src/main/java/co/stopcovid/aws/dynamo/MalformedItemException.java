package co.stopcovid.aws.dynamo;

import co.stopcovid.common.Failure;

/** An item has not the form that it is written in. The message names the attribute. */
public final class MalformedItemException extends RuntimeException implements Failure {
  private static final long serialVersionUID = 1L;

  MalformedItemException(String message) {
    super(message);
  }

  MalformedItemException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public Kind kind() {
    return Kind.DATA;
  }
}
