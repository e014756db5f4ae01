package planted.stopcovid.common;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
final class KnowsDialog {
  private KnowsDialog() {}

  static boolean test(Object other) {
    return other instanceof planted.stopcovid.dialog.PublicDialog;
  }
}
