package co.stopcovid.dialog;

import static co.stopcovid.drills.TestContent.asksFor;
import static co.stopcovid.drills.TestContent.drill;
import static co.stopcovid.drills.TestContent.graded;
import static co.stopcovid.drills.TestContent.open;

import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.ProfileKey;

/** The drills of the dialog's tests. */
final class Drills {
  /** Two questions with two tries each, then a last prompt that waits for no answer. */
  static final DrillVersion HANDS =
      drill(
          "01-hands",
          graded("soap", "b) Soap", 1, "What washes best?\na) Sand\nb) Soap"),
          graded("fingers", "a) Yes", 1, "Between the fingers, too?\na) Yes\nb) No"),
          open("done", "Well done!"));

  static final DrillVersion MASKS =
      drill("02-masks", open("first", "Tell us about masks."), open("last", "Thank you."));

  static final DrillVersion PROFILE =
      drill(
          "00-profile",
          asksFor("language", ProfileKey.LANGUAGE, "Language?\n1) English\n2) Español"),
          asksFor("name", ProfileKey.NAME, "What is your name?"),
          asksFor("job", ProfileKey.JOB, "What is your job?"),
          open("done", "Thank you!"));

  private Drills() {}

  /** One question, and the given number of failures before another try is no more. */
  static DrillVersion withMaxFailures(int maxFailures) {
    return drill(
        "03-tries",
        graded("soap", "b) Soap", maxFailures, "What washes best?\na) Sand\nb) Soap"),
        graded("fingers", "a) Yes", 1, "Between the fingers, too?\na) Yes\nb) No"),
        open("done", "Well done!"));
  }
}
