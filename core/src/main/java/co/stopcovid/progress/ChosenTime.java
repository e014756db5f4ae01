package co.stopcovid.progress;

import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.ProfileKey;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a learner asked to get sessions, in the learner's own time zone.
 *
 * @param days all of them where the learner named none
 * @param time null where the learner named none: the deployment's daily time
 */
public record ChosenTime(Set<DayOfWeek> days, @Nullable LocalTime time) {
  /** Of who asked for nothing. */
  public static final ChosenTime ANY = new ChosenTime(EnumSet.allOf(DayOfWeek.class), null);

  /** Short names of the days as profiles have them, from Monday on. */
  private static final List<String> WEEK = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private static final int DAYS_AHEAD = 8;

  public ChosenTime {
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
  }

  public static ChosenTime of(UserProfile profile) {
    return parse(
        profile.replies().getOrDefault(ProfileKey.SCHEDULE_DAYS, ""),
        profile.replies().getOrDefault(ProfileKey.SCHEDULE_TIME, ""));
  }

  /**
   * Reads what a profile keeps. What cannot be read, of an older program, says nothing.
   *
   * @param days {@code mon,wed}; empty for none
   * @param time {@code 09:30}; empty for none
   */
  public static ChosenTime parse(String days, String time) {
    if (days.isEmpty() && time.isEmpty()) {
      return ANY;
    }
    EnumSet<DayOfWeek> named = EnumSet.noneOf(DayOfWeek.class);
    for (String day : days.split(",", -1)) {
      int place = WEEK.indexOf(day.strip());
      if (place < 0) {
        return new ChosenTime(ANY.days(), time(time));
      }
      named.add(DayOfWeek.of(place + 1));
    }
    return new ChosenTime(named, time(time));
  }

  private static @Nullable LocalTime time(String text) {
    try {
      return text.isEmpty() ? null : LocalTime.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** As a profile keeps it; empty where all days are meant. */
  public String daysText() {
    return days.equals(ANY.days())
        ? ""
        : String.join(",", days.stream().map(day -> WEEK.get(day.getValue() - 1)).toList());
  }

  /** As a profile keeps it; empty for none. */
  public String timeText() {
    return time == null ? "" : time.toString();
  }

  /** Whether it is one of the days, in each zone in which the learner may be. */
  boolean isOn(Instant time, Set<ZoneId> zones) {
    return zones.stream().allMatch(zone -> days.contains(time.atZone(zone).getDayOfWeek()));
  }

  /**
   * A session that a learner asked for.
   *
   * @param day the learner's day
   * @param due when it is to begin
   * @param end from then on it is too late
   */
  public record Appointment(LocalDate day, Instant due, Instant end) {}

  /**
   * The session that is on now, or the next one. A time at which nobody is written to becomes the
   * nearest one of the same day, in all of the zones.
   *
   * @param zones in which the learner may be; the chosen time is in the first of them by name
   * @param window how long after the chosen time it may still begin, on the same day
   * @return empty where the learner named no time
   */
  Optional<Appointment> next(Instant now, LearnerHours hours, Set<ZoneId> zones, Duration window) {
    LocalTime chosen = time;
    if (chosen == null) {
      return Optional.empty();
    }
    ZoneId zone = LearnerHours.first(zones);
    LocalDate today = LocalDate.ofInstant(now, zone);
    for (int ahead = 0; ahead < DAYS_AHEAD; ahead++) {
      LocalDate day = today.plusDays(ahead);
      Instant midnight = day.plusDays(1).atStartOfDay(zone).toInstant();
      Instant due = hours.nearest(zones, day, day.atTime(chosen).atZone(zone).toInstant());
      Instant end = due.plus(window).isBefore(midnight) ? due.plus(window) : midnight;
      if (days.contains(day.getDayOfWeek()) && end.isAfter(now)) {
        return Optional.of(new Appointment(day, due, end));
      }
    }
    return Optional.empty();
  }
}
