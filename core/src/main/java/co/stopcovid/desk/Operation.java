package co.stopcovid.desk;

import static co.stopcovid.desk.Access.ADMIN;
import static co.stopcovid.desk.Access.OPERATOR;

/** Everything that can be asked of the desk. */
public enum Operation {
  LIST_LEARNERS("learners.list", OPERATOR, false),
  SHOW_LEARNER("learners.show", OPERATOR, false),
  READ_CONVERSATION("learners.conversation", OPERATOR, false),
  READ_EVENTS("learners.events", OPERATOR, false),
  LINK_NUMBER("learners.link", OPERATOR, true),
  CORRECT_PROFILE("learners.correct", OPERATOR, true),
  START_DRILL("learners.start_drill", OPERATOR, true),
  REMIND("learners.remind", OPERATOR, true),
  SEND_MESSAGE("learners.message", OPERATOR, true),
  RESET("learners.reset", OPERATOR, true),
  REBUILD_LEARNER("learners.rebuild", OPERATOR, true),
  ADD_COMMANDS("commands.add", OPERATOR, true),
  SHOW_COMMAND("commands.show", OPERATOR, false),
  LIST_UNHANDLED("messages.unhandled", OPERATOR, false),
  ANSWER_MESSAGE("messages.answer", OPERATOR, true),
  SETTLE_MESSAGE("messages.settle", OPERATOR, true),
  LIST_HELD("messages.held", OPERATOR, false),
  RELEASE_MESSAGES("messages.release", OPERATOR, true),
  DROP_MESSAGES("messages.drop", OPERATOR, true),
  COUNT_UNDELIVERED("messages.undelivered", OPERATOR, false),
  LIST_CODES("codes.list", OPERATOR, false),
  SHOW_CODE("codes.show", OPERATOR, false),
  PUT_CODES("codes.put", ADMIN, true),
  REMOVE_CODE("codes.remove", ADMIN, true),
  LIST_DEAD_LETTERS("dead_letters.list", OPERATOR, false),
  SHOW_DEAD_LETTER("dead_letters.show", OPERATOR, false),
  REDRIVE_DEAD_LETTER("dead_letters.redrive", OPERATOR, true),
  DROP_DEAD_LETTER("dead_letters.drop", OPERATOR, true),
  REPORT_COMPLETION("report.completion", OPERATOR, false),
  SHOW_SCHEDULE("schedule.show", OPERATOR, false),
  SHOW_LAGS("lags.show", OPERATOR, false),
  REBUILD_PROGRESS("progress.rebuild", ADMIN, true),
  READ_AUDIT("audit.read", ADMIN, false);

  private final String wireName;
  private final Access access;
  private final boolean changing;

  Operation(String wireName, Access access, boolean changing) {
    this.wireName = wireName;
    this.access = access;
    this.changing = changing;
  }

  /** As the audit log and programs have it: {@code learners.message}. */
  public String wireName() {
    return wireName;
  }

  /** What somebody must at least be to ask for it. */
  public Access access() {
    return access;
  }

  /** Whether it changes something, so that the audit log tells of it. */
  public boolean isChanging() {
    return changing;
  }
}
