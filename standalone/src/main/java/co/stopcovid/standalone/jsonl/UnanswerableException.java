package co.stopcovid.standalone.jsonl;

/** A line that is well formed and cannot be answered all the same. */
public final class UnanswerableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnanswerableException(String message) {
    super(message);
  }
}
