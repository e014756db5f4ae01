package co.stopcovid.testkit.twilio;

/** What may go wrong when a message is created. */
public enum Fault {
  NONE(true, 201, 0),
  /** Accepted, but the connection is closed before the answer. */
  LOST_ANSWER(true, 0, 0),
  /** The connection is closed before the message is accepted. */
  LOST_REQUEST(false, 0, 0),
  /** Accepted, but the answer is an error. */
  ERROR_AFTER(true, 500, 20500),
  ERROR_BEFORE(false, 503, 20503),
  BUSY(false, 429, 20429),
  /** "Attempt to send to unsubscribed recipient". */
  UNSUBSCRIBED(false, 400, 21610),
  /** "Invalid 'To' phone number". */
  INVALID_NUMBER(false, 400, 21211),
  /** "Authenticate". */
  WRONG_TOKEN(false, 401, 20003),
  /** "Account is not active". */
  SUSPENDED(false, 403, 20005),
  /** "The 'From' phone number is not a valid, SMS-capable phone number of your account". */
  FOREIGN_SENDER(false, 400, 21606),
  /** "A 'From' phone number is required". */
  NO_SENDER(false, 400, 21603),
  /** The messaging service is not there. */
  NO_SERVICE(false, 404, 20404),
  /** A trial account, and a number that is not verified. */
  UNVERIFIED(false, 400, 21608),
  /** Accepted, but the answer is not what the API describes. */
  GARBLED_ANSWER(true, 201, 0),
  /** Accepted, but the answer does not name the message. */
  NO_ID(true, 201, 0);

  private final boolean accepts;
  private final int status;
  private final int code;

  Fault(boolean accepts, int status, int code) {
    this.accepts = accepts;
    this.status = status;
    this.code = code;
  }

  /** Whether the message is in Twilio's ledger afterwards. */
  public boolean accepts() {
    return accepts;
  }

  /** HTTP status; 0 when there is no answer. */
  public int status() {
    return status;
  }

  /** Twilio's error code; 0 for none. */
  public int code() {
    return code;
  }
}
