package co.stopcovid.desk;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.progress.LearnerProgress;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of the learner with a phone number.
 *
 * @param progress null when progress has not heard of the learner yet
 * @param dialog of this number; null when it is stored, but cannot be read
 */
public record KnownLearner(
    PhoneNumber phone, @Nullable LearnerProgress progress, @Nullable DialogState dialog) {
  /** As of the learner's last word. */
  public UserProfile profile() {
    if (progress != null) {
      return progress.profile();
    }
    return dialog == null ? UserProfile.NEW : dialog.profile();
  }

  /** Whether progress and dialog have never heard from the number. */
  public boolean isSilent() {
    return progress == null && dialog != null && dialog.version() == 0;
  }
}
