package co.stopcovid.adapters.json;

/**
 * An event of a type that this program does not know, which a newer one wrote. It must not be
 * dropped: the reader stops until it is brought up to date.
 */
public final class UnknownEventTypeException extends MalformedJsonException {
  private static final long serialVersionUID = 1L;

  private final String eventType;
  private final String batchId;

  public UnknownEventTypeException(String eventType, String batchId) {
    super("event batch %s: unknown event_type %s".formatted(batchId, eventType));
    this.eventType = eventType;
    this.batchId = batchId;
  }

  public String eventType() {
    return eventType;
  }

  public String batchId() {
    return batchId;
  }

  @Override
  public Kind kind() {
    return Kind.NOT_YET;
  }
}
