package co.stopcovid.progress;

import co.stopcovid.common.QuietHours;
import co.stopcovid.common.TimeZones;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;

/**
 * When a learner may be written to unasked, by local time: in the zone that the profile names, else
 * in all zones of the phone number, else in the deployment's. Zones that are never open at the same
 * time, such as those of a toll-free number, say nothing: the deployment's counts then.
 */
public final class LearnerHours {
  private final QuietHours hours;
  private final TimeZones byPhone;
  private final Set<ZoneId> deployment;

  public LearnerHours(QuietHours hours, TimeZones byPhone, ZoneId deployment) {
    this.hours = hours;
    this.byPhone = byPhone;
    this.deployment = Set.of(deployment);
  }

  /** The zones that all have to be open at a time. */
  public Set<ZoneId> zones(Whereabouts learner, Instant time) {
    if (!learner.timeZone().isEmpty()) {
      try {
        return Set.of(ZoneId.of(learner.timeZone()));
      } catch (DateTimeException e) {
        // The registration service names no zone that Java knows: the number has to do.
      }
    }
    Set<ZoneId> zones = byPhone.of(learner.phone());
    return zones.isEmpty() || hours.nextAllowed(time, zones).isEmpty() ? deployment : zones;
  }

  public boolean allows(Whereabouts learner, Instant time) {
    return hours.allows(time, zones(learner, time));
  }

  /** The zone of a learner who may be in several, always the same one. */
  static ZoneId first(Set<ZoneId> zones) {
    return Collections.min(zones, Comparator.comparing(ZoneId::getId));
  }

  /**
   * A time of a day itself, or the nearest one of that day at which it is allowed in all zones to
   * write to a learner; in zones that lie too far apart for one, when the last of them opens.
   */
  Instant nearest(Set<ZoneId> zones, LocalDate day, Instant time) {
    Instant nearest = time;
    for (ZoneId zone : zones) {
      Instant latest = at(zone, day, hours.nearest(LocalTime.MAX));
      nearest = nearest.isAfter(latest) ? latest : nearest;
    }
    for (ZoneId zone : zones) {
      Instant earliest = at(zone, day, hours.opens());
      nearest = nearest.isBefore(earliest) ? earliest : nearest;
    }
    return nearest;
  }

  private static Instant at(ZoneId zone, LocalDate day, LocalTime time) {
    return day.atTime(time).atZone(zone).toInstant();
  }

  boolean allows(Set<ZoneId> zones, Instant time) {
    return hours.allows(time, zones);
  }

  Instant nextAllowed(Set<ZoneId> zones, Instant time) {
    return hours.nextAllowed(time, zones).orElse(time);
  }
}
