package co.stopcovid.drills;

import co.stopcovid.common.Failure;

/** Content that cannot be taught from. The message names the place and is meant for its author. */
public final class ContentException extends RuntimeException implements Failure {
  private static final long serialVersionUID = 1L;

  public ContentException(String message) {
    super(message);
  }

  public ContentException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public Kind kind() {
    return Kind.NOT_YET;
  }
}
