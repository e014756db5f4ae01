package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.UserProfile;
import java.time.ZoneId;

/** Where learners live. Always answers, if need be with the deployment's own time zone. */
@FunctionalInterface
public interface LearnerZones {
  ZoneId zoneOf(PhoneNumber phone, UserProfile profile);
}
