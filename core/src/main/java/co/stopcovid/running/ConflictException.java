package co.stopcovid.running;

import co.stopcovid.common.Failure;

/** Another writer was first, again and again: try later. */
public final class ConflictException extends RuntimeException implements Failure {
  public ConflictException(String what) {
    super(what);
  }

  @Override
  public Kind kind() {
    return Kind.CONFLICT;
  }
}
