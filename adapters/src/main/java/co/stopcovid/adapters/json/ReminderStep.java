package co.stopcovid.adapters.json;

/** {@code step} of a reminder. The first releases knew one only. */
final class ReminderStep {
  private ReminderStep() {}

  static int read(Fields parent) {
    return (int) parent.integerOr("step", 1, Integer.MAX_VALUE, 1);
  }
}
