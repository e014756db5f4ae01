package co.stopcovid.common;

import java.time.ZoneId;
import java.util.Set;

/** Says where a phone number may be. */
public interface TimeZones {
  /** The zones that a number may be in: several for a large country; empty when unknown. */
  Set<ZoneId> of(PhoneNumber phone);
}
