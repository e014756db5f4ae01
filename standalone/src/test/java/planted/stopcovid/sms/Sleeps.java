package planted.stopcovid.sms;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
final class Sleeps {
  private Sleeps() {}

  static void test() throws InterruptedException {
    Thread.sleep(1);
  }
}
