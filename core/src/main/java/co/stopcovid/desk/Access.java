package co.stopcovid.desk;

/** What somebody is to the system; a later one may all that an earlier one may. */
public enum Access {
  /** Looks after learners. */
  OPERATOR,
  /** Looks after the system, too. */
  ADMIN
}
