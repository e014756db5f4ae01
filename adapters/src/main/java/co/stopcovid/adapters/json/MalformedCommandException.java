package co.stopcovid.adapters.json;

/** A command that can never be handled: it belongs to the dead letters, with this message. */
public final class MalformedCommandException extends MalformedJsonException {
  private static final long serialVersionUID = 1L;

  public MalformedCommandException(String message) {
    super(message);
  }

  public MalformedCommandException(MalformedJsonException cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
