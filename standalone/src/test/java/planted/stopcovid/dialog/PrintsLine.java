package planted.stopcovid.dialog;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
final class PrintsLine {
  private PrintsLine() {}

  static void test() {
    System.out.println();
  }
}
