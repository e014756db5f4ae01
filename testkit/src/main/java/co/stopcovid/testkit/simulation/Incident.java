package co.stopcovid.testkit.simulation;

/** What a schedule is to contain now and then; a simulation in which one never happens is weak. */
public enum Incident {
  OUTAGE_AT_LOAD,
  OUTAGE_AT_PUT,
  OUTAGE_BEFORE_COMMIT,
  OUTAGE_AFTER_COMMIT,
  CRASH_WITHIN_COMMIT,
  CRASH_BEFORE_CHECKPOINT,
  OTHER_WORKER_IN_BETWEEN,
  CONFLICT,
  STATE_UNREADABLE,
  REGISTRATION_SILENT,
  REPUBLISHED,
  OLDER_RANGE_AGAIN,
  DUPLICATE_IN_BATCH,
  COMMAND_WAITED,
  SETTLED_BY_OPT_OUT,
  DRILL_COMPLETED,
  REJECTED
}
