package co.stopcovid.aws.local;

/** An invocation that Lambda ended, or whose answer did not arrive. */
public final class LostAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostAnswerException(String message) {
    super(message);
  }
}
