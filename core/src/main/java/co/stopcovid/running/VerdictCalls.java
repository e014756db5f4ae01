package co.stopcovid.running;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.RegistrationCode;
import java.time.Duration;
import java.util.Map;

/** Sees to it that learners are tried again once there is a verdict on the code that they sent. */
public interface VerdictCalls {
  /** Told of learners who wait now, and for which code; after that is written. */
  void await(Map<PhoneNumber, RegistrationCode> codes);

  /** When they are tried again though nobody has called: zero means at once. */
  Duration longest();

  /** Nobody calls: they are tried again after a while. */
  static VerdictCalls none() {
    return new VerdictCalls() {
      @Override
      public void await(Map<PhoneNumber, RegistrationCode> codes) {}

      @Override
      public Duration longest() {
        return WaitingTurn.LONGEST_QUESTION;
      }
    };
  }
}
