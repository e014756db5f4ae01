package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.UserProfile;
import java.time.ZoneId;
import java.util.Set;

/**
 * Where learners may live: all of the zones count, at least one. Where nothing is known it is the
 * deployment's own.
 */
@FunctionalInterface
public interface LearnerZones {
  Set<ZoneId> zonesOf(PhoneNumber phone, UserProfile profile);
}
