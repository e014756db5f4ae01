package co.stopcovid.infra;

import java.util.Locale;

/**
 * A user of the database for a group of functions, with a secret of its own. The names are those of
 * the program's DatabaseRole, which says what each may do.
 */
enum DatabaseUser {
  PROGRESS,
  SENDING,
  MESSAGE_LOG,
  REDRIVE;

  /** In the names of resources. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** In the database. */
  String login() {
    return "dialog_" + name().toLowerCase(Locale.ROOT);
  }

  /** Where the function that makes the users finds the secret of this one. */
  String variable() {
    return name() + "_DATABASE_SECRET_ARN";
  }
}
