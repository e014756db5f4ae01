package co.stopcovid.infra;

import java.util.List;
import java.util.stream.Stream;

/** Which of the DIALOG_… settings each kind of function reads; docs/operations.md explains them. */
final class Rules {
  static final String ZONE = "DIALOG_TIME_ZONE";

  private static final String GAP = "DIALOG_SMS_GAP";

  /** Of all that write into the ledger: a message that is done sets when the next one may go. */
  static final List<String> LEDGER = List.of(GAP);

  /** Of those that decide on commands. */
  static final List<String> COMMANDS = List.of("DIALOG_CODE_TRIES");

  static final List<String> SENDING =
      List.of(
          GAP,
          "DIALOG_MESSAGES_PER_DAY",
          "DIALOG_REPLIES_PER_WINDOW",
          "DIALOG_SENDING_FROM",
          "DIALOG_SENDING_UNTIL",
          ZONE);

  static final List<String> PROGRESS =
      List.of(
          "DIALOG_INACTIVE_FOR",
          "DIALOG_START_WINDOW",
          "DIALOG_DAILY_TIME",
          "DIALOG_REMIND_AFTER",
          "DIALOG_SENDING_FROM",
          "DIALOG_SENDING_UNTIL",
          ZONE);

  /**
   * All that may be given; the time of day is a setting of its own, since the schedule needs it.
   */
  static final List<String> ALL =
      Stream.of(COMMANDS, SENDING, PROGRESS)
          .flatMap(List::stream)
          .filter(rule -> !rule.equals("DIALOG_DAILY_TIME"))
          .distinct()
          .sorted()
          .toList();

  private Rules() {}
}
