package planted.stopcovid.dialog;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
final class TakesRandomId {
  private TakesRandomId() {}

  static java.util.UUID test() {
    return java.util.UUID.randomUUID();
  }
}
