package co.stopcovid.adapters.postgres;

/** The logs whose entries are numbered in the order of their commits. */
public enum PositionLog {
  COMMANDS("command log", "command_log_head"),
  EVENTS("event feed", "event_feed_head");

  private final String label;
  private final String head;

  PositionLog(String label, String head) {
    this.label = label;
    this.head = head;
  }

  /** For a person. */
  public String label() {
    return label;
  }

  /** The table that holds the position given out last. */
  String head() {
    return head;
  }
}
