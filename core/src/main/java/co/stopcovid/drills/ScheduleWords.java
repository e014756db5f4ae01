package co.stopcovid.drills;

import java.util.Map;
import java.util.Set;

/**
 * How a language says on which days and when: phrases as people write them.
 *
 * @param days days and groups of days, and what they are in short ("weekdays" to
 *     "mon,tue,wed,thu,fri")
 * @param to what stands between the first and the last of several days
 * @param morning what makes an hour one before noon ("am")
 * @param afternoon what makes an hour one after noon ("pm")
 * @param half what makes it half an hour later
 * @param hours what may stand behind an hour ("o'clock")
 * @param times times of day that are words, as HH:MM
 */
public record ScheduleWords(
    Map<String, String> days,
    Set<String> to,
    Set<String> morning,
    Set<String> afternoon,
    Set<String> half,
    Set<String> hours,
    Map<String, String> times) {
  public static final ScheduleWords NONE =
      new ScheduleWords(Map.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Map.of());

  public ScheduleWords {
    days = Map.copyOf(days);
    to = Set.copyOf(to);
    morning = Set.copyOf(morning);
    afternoon = Set.copyOf(afternoon);
    half = Set.copyOf(half);
    hours = Set.copyOf(hours);
    times = Map.copyOf(times);
  }
}
