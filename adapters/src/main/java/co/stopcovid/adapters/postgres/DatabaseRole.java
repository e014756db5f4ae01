package co.stopcovid.adapters.postgres;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A group of programs that use the database, for a role of its own that may do what they do and
 * nothing else. Who migrates owns the tables.
 */
public enum DatabaseRole {
  /** Progress, the drills that are due, reminders. */
  PROGRESS,
  /** What is queued, sent and reported of messages to learners. */
  SENDING,
  /** What learners wrote. */
  MESSAGE_LOG,
  /** Whatever of the others' work is done again by hand. */
  REDRIVE;

  /** What it may do with a table; it may nothing with those that are not there. */
  Map<String, Set<String>> rights() {
    return switch (this) {
      case PROGRESS ->
          Map.of(
              "users", Set.of("select", "insert", "update", "delete"),
              "phone_numbers", Set.of("select", "insert", "update", "delete"),
              "drill_statuses", Set.of("select", "insert", "update", "delete"),
              "drill_instances", Set.of("select", "insert", "update", "delete"),
              "prompt_reminders", Set.of("select", "insert", "update", "delete"),
              "reached_course", Set.of("select", "update"));
      case SENDING ->
          Map.of(
              "sms_cursors", Set.of("select", "insert", "update"),
              "outbound_messages", Set.of("select", "insert", "update"),
              "outbound_due", Set.of("select", "insert", "update", "delete"),
              "outbound_claims", Set.of("select", "insert", "delete"),
              "dead_letters", Set.of("select", "insert"));
      case MESSAGE_LOG -> Map.of("inbound_messages", Set.of("select", "insert"));
      case REDRIVE -> {
        // No two of the others share a table.
        Map<String, Set<String>> all = new TreeMap<>(PROGRESS.rights());
        all.putAll(SENDING.rights());
        all.putAll(MESSAGE_LOG.rights());
        yield all;
      }
    };
  }

  /** All groups that there are. */
  public static List<DatabaseRole> all() {
    return List.of(values());
  }
}
